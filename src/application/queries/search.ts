import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { queryOfTenant } from './sql';

/** Folders whose label is looked into; who wants more writes more of the label. */
const MAX_FOLDERS = 100;
/**
 * Up to so many practices are looked up before rights and filters are asked. Of what more practices have, a page is full
 * soon when the list is gone through in its order.
 */
const MAX_NARROW = 2000;

export interface Search {
  /** Practices that are the number itself: id, code, registration. */
  readonly exact: readonly string[];
  /** Those, and all of the words in name and tax code, or the whole text in the label of the folder. */
  readonly where: Prisma.PracticeWhereInput;
  /** Few: `where` names each of them. */
  readonly narrow: boolean;
  readonly onlyExact: boolean;
}

interface Found {
  /** Of a practice; of a folder where its label was found. */
  readonly id: string;
  readonly by: 'exact' | 'words' | 'label' | 'folder';
}

/** What a text in the search box means. */
export async function searchFor({ db }: Pick<Application, 'db'>, viewer: Viewer, text: string): Promise<Search> {
  // Word by word: people write the family name first or last.
  const words = text.toLowerCase().split(/\s+/).map(literally);
  const found = await queryOfTenant<Found>(db, viewer.tenantId, statementFor(words), [
    text.toUpperCase(),
    text,
    z.uuid().safeParse(text).success ? text.toLowerCase() : null,
    `%${literally(text)}%`,
    ...words.map((word) => `%${word}%`),
  ]);
  const by = (way: Found['by']) => found.filter((one) => one.by === way).map(({ id }) => id);
  const [exact, byWords, byFolder] = [by('exact'), by('words'), by('folder')];
  if (byWords.length <= MAX_NARROW && byFolder.length <= MAX_NARROW) {
    const all = [...new Set([...exact, ...byWords, ...byFolder])];
    return { exact, narrow: true, onlyExact: all.length === exact.length, where: { id: { in: all } } };
  }
  const everyWord = words.map((word) => ({ search: { contains: word } }));
  const where = { OR: [{ id: { in: exact } }, { AND: everyWord }, { folderId: { in: by('label') } }] };
  return { exact, narrow: false, onlyExact: false, where };
}

/** `$2` code, `$3` registration, `$4` id, `$5` label, the words from `$6` on. */
function statementFor(words: readonly string[]) {
  const everyWord = words.map((_, n) => `search LIKE $${n + 6}`).join(' AND ');
  return `
    WITH labelled AS MATERIALIZED (
      SELECT id FROM folder WHERE tenant_id = $1 AND label ILIKE $5 ORDER BY id LIMIT ${MAX_FOLDERS}
    )
    SELECT id, 'exact' AS by FROM practice WHERE tenant_id = $1 AND code = $2
    UNION SELECT id, 'exact' FROM practice WHERE tenant_id = $1 AND registration = $3
    UNION SELECT id, 'exact' FROM practice WHERE tenant_id = $1 AND id = $4
    UNION ALL SELECT id, 'label' FROM labelled
    UNION ALL (SELECT id, 'words' FROM practice WHERE tenant_id = $1 AND ${everyWord} LIMIT ${MAX_NARROW + 1})
    UNION ALL (SELECT id, 'folder' FROM practice WHERE tenant_id = $1 AND folder_id = ANY (ARRAY(TABLE labelled))
      LIMIT ${MAX_NARROW + 1})` as const;
}

/** `%` and `_` are wildcards of LIKE. */
function literally(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}
