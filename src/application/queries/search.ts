import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';

/** Folders whose label is looked into; who wants more writes more of the label. */
const MAX_FOLDERS = 100;

export interface Search {
  /** The number itself: practice id, code, registration. */
  readonly exact: Prisma.PracticeWhereInput;
  /** All of the words in name, tax code and numbers, or the whole text in the label of the folder. */
  readonly loose: Prisma.PracticeWhereInput;
}

/** What a text in the search box means. */
export async function searchFor(viewer: Viewer, text: string): Promise<Search> {
  const exact: Prisma.PracticeWhereInput[] = [{ code: text.toUpperCase() }, { registration: text }];
  if (z.uuid().safeParse(text).success) exact.push({ id: text.toLowerCase() });
  // Word by word: people write the family name first or last.
  const words = text.toLowerCase().split(/\s+/);
  const everyWord = words.map((word) => ({ search: { contains: literally(word) } }));
  const folders = await viewer.db.folder.findMany({
    where: { label: { contains: literally(text), mode: 'insensitive' } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: MAX_FOLDERS,
  });
  const ids = folders.map(({ id }) => id);
  return { exact: { OR: exact }, loose: { OR: [{ AND: everyWord }, { folderId: { in: ids } }] } };
}

/** `%` and `_` are wildcards of LIKE, which Prisma lets through. */
function literally(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}
