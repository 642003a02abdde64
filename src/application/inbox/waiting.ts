import type { WaitingItem } from '../../activities/contract';
import { type Instant, instant, type PracticeId } from '../../domain/ids';
import { Prisma } from '../../generated/prisma/client';
import type { Database } from '../../platform/database';
import { commandOf } from './delivery';
import { type ReceiptPayload, receiptNews } from './receipts';

/** Rows of a practice that came before an instant and have no outcome yet, oldest first. */
export async function waitingBefore(
  db: Database,
  practiceId: PracticeId,
  before: Instant,
): Promise<readonly WaitingItem[]> {
  const rows = await db.prisma.inboxRow.findMany({
    where: { practiceId, outcome: { equals: Prisma.DbNull }, type: { notIn: ['createDraft', 'mailRefused'] } },
    orderBy: { position: 'asc' },
  });
  return rows.flatMap((row): WaitingItem[] => {
    if (row.type === 'paymentReceipt') {
      // What counts for money is when the provider took it, not when the news came.
      const news = receiptNews(row.id, row.payload as unknown as ReceiptPayload, instant(row.receivedAt));
      return news.paidAt < before ? [{ kind: 'receipt', news }] : [];
    }
    return instant(row.receivedAt) < before ? [{ kind: 'act', command: commandOf(row) }] : [];
  });
}

/** Whether a row of a practice's inbox has its outcome already; false also for an id that is no row's. */
export async function hasOutcome(db: Database, practiceId: PracticeId, id: string): Promise<boolean> {
  const row = await db.prisma.inboxRow.findUnique({ where: { id, practiceId }, select: { outcome: true } });
  return row !== null && row.outcome !== null;
}
