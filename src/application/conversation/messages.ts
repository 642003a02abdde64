import { epochMs, type Instant, instant } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import { uuidv7 } from '../../platform/digest';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { lockPractice } from '../files/lock';
import { inMessage } from '../files/readers';
import { inTransaction } from '../inbox/intake';
import { announceMessage } from '../mailing/conversation-mail';
import { visiblePractice } from '../practices/visibility';
import { serviceOf } from '../services/catalogue';
import { type Delivery, deliveriesOf } from './deliveries';
import { assertEntitled, assertOpen, type Side, sideOf } from './parties';
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

const LIST = 'messages';
type MessageRow = Prisma.ConversationMessageGetPayload<Record<string, never>>;

/**
 * Writes a message to the other side; always possible once the application was sent, also after its end. The mail that
 * tells of it is queued in the same transaction. The same key again gives the message that was written first.
 * Refusals: `PRACTICE_NOT_FOUND`, `MESSAGES_NOT_OPEN`, `OFFICE_NOT_ENTITLED`, `VALIDATION_FAILED` (files),
 * `IDEMPOTENCY_KEY_REUSED`.
 */
export async function writeMessage(
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
    const locked = await lockPractice(tx, tenantId, practiceId);
    const key = { tenantId, authorId, idempotencyKey };
    const known = await tx.conversationMessage.findUnique({ where: { tenantId_authorId_idempotencyKey: key } });
    if (known) {
      assertSame(known, practiceId, writing);
      return known;
    }
    assertOpen(locked);
    const used = (id: string) => inMessage(tx, practiceId, id);
    const files = await filesToWrite(tx, viewer, practiceId, 'message', writing.attachments, used);
    const createdAt = app.clock.now();
    const side = sideOf(viewer) ?? 'office';
    const written = await tx.conversationMessage.create({
      data: {
        id: uuidv7(epochMs(createdAt)),
        ...key,
        practiceId,
        side,
        text: writing.text,
        attachments: files as unknown as Prisma.InputJsonArray,
        createdAt,
      },
    });
    const { id, text } = written;
    const names = files.map(({ name }) => name);
    await announceMessage(tx, { ...key, id, practiceId, side, text, files: names, at: createdAt }, app.publicUrl);
    return written;
  });
  return (await shown(viewer, [row]))(row);
}

/**
 * A page of the conversation, newest first. Reading it is what marks the other side's messages as read: `readAt` is
 * still null on the page that brings a message to its reader for the first time. Who only oversees marks nothing.
 * Refusals: `PRACTICE_NOT_FOUND`, `VALIDATION_FAILED` (cursor).
 * @param marks - false for a request that shows nobody anything (HEAD)
 */
export async function listMessages(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  { limit, cursor }: PageQuery,
  marks = true,
) {
  await visiblePractice(viewer, practiceId);
  const rows = await viewer.db.conversationMessage.findMany({
    where: { AND: [{ practiceId }, afterCursor(LIST, practiceId, cursor)] },
    orderBy: NEWEST_FIRST,
    take: limit + 1,
  });
  const { page, next } = cutPage(LIST, practiceId, rows, limit);
  const items = page.map(await shown(viewer, page));
  if (marks) await markRead(viewer, page, app.clock.now());
  return { items, next };
}

async function markRead(viewer: Viewer, page: readonly MessageRow[], readAt: Instant): Promise<void> {
  const mine = sideOf(viewer);
  const unread = page.filter((row) => mine !== undefined && row.side !== mine && row.readAt === null);
  if (unread.length === 0) return;
  await viewer.db.conversationMessage.updateMany({
    where: { id: { in: unread.map(({ id }) => id) }, readAt: null },
    data: { readAt },
  });
}

/** Messages as the viewer may know them: the account of an officer is nobody's business but the office's. */
async function shown(viewer: Viewer, rows: readonly MessageRow[]) {
  const applicant = sideOf(viewer) === 'applicant';
  const authors = rows.map((row) => row.authorId);
  const names = await namesOf(viewer.db, viewer.tenantId, authors);
  const deliveries = applicant ? new Map<string, Delivery>() : await deliveriesOf(viewer, rows);
  return (row: MessageRow) => {
    const hidden = applicant && row.side === 'office';
    const author = { id: hidden ? null : row.authorId, name: names.get(row.authorId) ?? '' };
    return {
      ...shownWriting(row, author),
      side: row.side as Side,
      readAt: row.readAt ? instant(row.readAt) : null,
      delivery: deliveries.get(row.id) ?? null,
    };
  };
}
