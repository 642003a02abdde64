import { epochMs } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import { uuidv7 } from '../../platform/digest';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { lockPractice } from '../files/lock';
import { inNote } from '../files/readers';
import { inTransaction } from '../inbox/intake';
import { visiblePractice } from '../practices/visibility';
import { serviceOf } from '../services/catalogue';
import { assertEntitled } from './parties';
import {
  afterCursor,
  assertSame,
  cutPage,
  filesToWrite,
  NEWEST_FIRST,
  namesOf,
  type PageQuery,
  shownWriting,
  type Writing,
} from './writing';

const LIST = 'notes';

/**
 * Writes an internal note; every operator of the service reads it, no applicant ever. The same key again gives the note
 * that was written first. Refusals: `PRACTICE_NOT_FOUND`, `OFFICE_NOT_ENTITLED`, `VALIDATION_FAILED` (files),
 * `IDEMPOTENCY_KEY_REUSED`.
 */
export async function writeNote(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  writing: Writing,
  idempotencyKey: string,
) {
  const practice = await visiblePractice(viewer, practiceId);
  assertEntitled(viewer, (await serviceOf(app.db.prisma, practice)).officeIds);
  const { tenantId, accountId: authorId } = viewer;
  const row = await inTransaction(app.db, async (tx) => {
    await lockPractice(tx, tenantId, practiceId);
    const key = { tenantId, authorId, idempotencyKey };
    const known = await tx.note.findUnique({ where: { tenantId_authorId_idempotencyKey: key } });
    if (known) {
      assertSame(known, practiceId, writing);
      return known;
    }
    const used = (id: string) => inNote(tx, practiceId, id);
    const files = await filesToWrite(tx, viewer, practiceId, 'note', writing.attachments, used);
    const createdAt = app.clock.now();
    return tx.note.create({
      data: {
        id: uuidv7(epochMs(createdAt)),
        ...key,
        practiceId,
        text: writing.text,
        attachments: files as unknown as Prisma.InputJsonArray,
        createdAt,
      },
    });
  });
  const names = await namesOf(app.db.prisma, tenantId, [authorId]);
  return shownWriting(row, { id: authorId, name: names.get(authorId) ?? '' });
}

/** A page of the notes of a practice, newest first. Refusals: `PRACTICE_NOT_FOUND`, `VALIDATION_FAILED` (cursor). */
export async function listNotes(viewer: Viewer, practiceId: string, { limit, cursor }: PageQuery) {
  await visiblePractice(viewer, practiceId);
  const rows = await viewer.db.note.findMany({
    where: { AND: [{ practiceId }, afterCursor(LIST, practiceId, cursor)] },
    orderBy: NEWEST_FIRST,
    take: limit + 1,
  });
  const { page, next } = cutPage(LIST, practiceId, rows, limit);
  const authors = page.map((row) => row.authorId);
  const names = await namesOf(viewer.db, viewer.tenantId, authors);
  const items = page.map((row) => shownWriting(row, { id: row.authorId, name: names.get(row.authorId) ?? '' }));
  return { items, next };
}
