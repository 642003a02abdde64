import { z } from 'zod';
import { isTaxCode } from '../../domain/people/tax-code';
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
  const byWords = isTaxCode(text.toUpperCase()) ? OF_PERSON : wordsFrom(FIRST_WORD, words.length);
  const found = await queryOfTenant<Found>(db, viewer.tenantId, statementFor(byWords), [
    text.toUpperCase(),
    text,
    z.uuid().safeParse(text).success ? text.toLowerCase() : null,
    `%${literally(text)}%`,
    ...(byWords === OF_PERSON ? [] : words.map((word) => `%${word}%`)),
  ]);
  const by = (way: Found['by']) => found.filter((one) => one.by === way).map(({ id }) => id);
  const [exact, inSearch, byFolder] = [by('exact'), by('words'), by('folder')];
  if (inSearch.length <= MAX_NARROW && byFolder.length <= MAX_NARROW) {
    const all = [...new Set([...exact, ...inSearch, ...byFolder])];
    return { exact, narrow: true, onlyExact: all.length === exact.length, where: { id: { in: all } } };
  }
  const everyWord = words.map((word) => ({ search: { contains: word } }));
  const where = { OR: [{ id: { in: exact } }, { AND: everyWord }, { folderId: { in: by('label') } }] };
  return { exact, narrow: false, onlyExact: false, where };
}

const FIRST_WORD = 6;
/** A whole tax code is somebody's, and has an index that is faster than looking for its letters. */
const OF_PERSON = 'applicant_tax_code IN ($2, lower($2))';

function wordsFrom(first: number, count: number): string {
  return Array.from({ length: count }, (_, n) => `search LIKE $${first + n}`).join(' AND ');
}

/** `$2` text in capitals, `$3` as it was written, `$4` id, `$5` label, the words from `FIRST_WORD` on. */
function statementFor(byWords: string) {
  return `
    WITH labelled AS MATERIALIZED (
      SELECT id FROM folder WHERE tenant_id = $1 AND label ILIKE $5 ORDER BY id LIMIT ${MAX_FOLDERS}
    )
    SELECT id, 'exact' AS by FROM practice WHERE tenant_id = $1 AND code = $2
    UNION SELECT id, 'exact' FROM practice WHERE tenant_id = $1 AND registration = $3
    UNION SELECT id, 'exact' FROM practice WHERE tenant_id = $1 AND id = $4
    UNION ALL SELECT id, 'label' FROM labelled
    UNION ALL (SELECT id, 'words' FROM practice WHERE tenant_id = $1 AND ${byWords} LIMIT ${MAX_NARROW + 1})
    UNION ALL (SELECT id, 'folder' FROM practice WHERE tenant_id = $1 AND folder_id = ANY (ARRAY(TABLE labelled))
      LIMIT ${MAX_NARROW + 1})` as const;
}

/** `%` and `_` are wildcards of LIKE. */
function literally(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}
