import { z } from 'zod';
import { type FieldError, refuse } from '../../domain/errors';
import { instant } from '../../domain/ids';
import type { Rows } from '../../platform/database';
import type { Viewer } from '../access/viewer';
import { frozenFiles } from '../files/frozen';
import type { FrozenAttachment } from '../practices/submission';
import { readInstantCursor, writeCursor } from '../queries/cursor';

/** What a person writes: plain text, never HTML, and files that they uploaded for it. */
export const writingSchema = z.strictObject({
  text: z.string().trim().min(1).max(5000),
  attachments: z.array(z.uuid()).max(20).default([]),
});

/** Strict: a parameter with a wrong name must not give the first page again and again. */
export const pageSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  /** `next` of the page before. */
  cursor: z.string().max(500).optional(),
});

export type Writing = z.infer<typeof writingSchema>;
export type PageQuery = z.infer<typeof pageSchema>;

/** A row of either table, as far as both are alike. */
interface Written {
  readonly id: string;
  readonly practiceId: string;
  readonly authorId: string;
  readonly text: string;
  readonly attachments: unknown;
  readonly createdAt: Date;
}

/** Refuses a key under which its author wrote something else: `IDEMPOTENCY_KEY_REUSED`. */
export function assertSame(row: Written, practiceId: string, { text, attachments }: Writing): void {
  const files = filesOf(row).map(({ id }) => id);
  const same = files.length === attachments.length && files.every((id, index) => id === attachments[index]);
  if (row.practiceId !== practiceId || row.text !== text || !same) refuse('IDEMPOTENCY_KEY_REUSED');
}

/**
 * The files of a message or note: uploaded for it by its author, in this practice, and not used before. Refusal:
 * `VALIDATION_FAILED` naming each index.
 * @param used - whether a file is in another message or note already
 */
export async function filesToWrite(
  tx: Pick<Rows, 'attachment'>,
  viewer: Viewer,
  practiceId: string,
  field: 'message' | 'note',
  ids: readonly string[],
  used: (id: string) => Promise<boolean>,
): Promise<readonly FrozenAttachment[]> {
  const files = await frozenFiles(tx, practiceId, field, ids, 'attachments', viewer.accountId);
  const errors: FieldError[] = [];
  for (const [index, { id }] of files.entries()) {
    if (!(await used(id))) continue;
    errors.push({
      path: `attachments.${index}`,
      rule: 'used',
      message: "L'allegato è già stato inviato: caricalo di nuovo.",
    });
  }
  if (errors.length > 0) refuse('VALIDATION_FAILED', {}, errors);
  return files;
}

/** The files that were kept with a message or note. */
export function filesOf({ attachments }: Pick<Written, 'attachments'>): readonly FrozenAttachment[] {
  return attachments as readonly FrozenAttachment[];
}

/** What readers of a message or note see of it. */
export function shownWriting(row: Written, author: { readonly id: string | null; readonly name: string }) {
  return {
    id: row.id,
    author,
    text: row.text,
    attachments: filesOf(row).map((file) => ({
      ...file,
      href: `/api/v1/practices/${row.practiceId}/attachments/${file.id}`,
    })),
    createdAt: instant(row.createdAt),
  };
}

/** Names of the authors, by account. */
export async function namesOf(
  db: Pick<Rows, 'account'>,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.account.findMany({ where: { tenantId, id: { in: [...new Set(ids)] } } });
  return new Map(rows.map((row) => [row.id, `${row.givenName} ${row.familyName}`]));
}

/** Newest first, cut by key: what is written meanwhile neither repeats nor hides others. */
export const NEWEST_FIRST = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];

/** Condition of the page after a cursor. Refusal: `VALIDATION_FAILED` for a cursor that is not of this list. */
export function afterCursor(list: string, practiceId: string, cursor: string | undefined) {
  const { after } = readInstantCursor(list, { practiceId }, cursor);
  if (!after) return {};
  const createdAt = new Date(String(after.value));
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.id } }] };
}

/** Rows of a page that was read with one more than its limit, and where the next one begins. */
export function cutPage<T extends Pick<Written, 'id' | 'createdAt'>>(
  list: string,
  practiceId: string,
  rows: readonly T[],
  limit: number,
): { readonly page: readonly T[]; readonly next: string | null } {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const after = last && { value: instant(last.createdAt), id: last.id };
  return { page, next: after ? writeCursor(list, { practiceId }, { after, ahead: [] }) : null };
}
