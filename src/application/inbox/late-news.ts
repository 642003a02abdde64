import { instant } from '../../domain/ids';
import type { Rows } from '../../platform/database';
import { openTask } from '../projection/side-tables';
import type { ReceiptPayload } from './receipts';

/** A row of the inbox that brings news from outside. */
interface NewsRow {
  readonly tenantId: string;
  readonly practiceId: string;
  readonly type: string;
  readonly receivedAt: Date;
  readonly payload: unknown;
}

/**
 * Opens the operator task for news of a practice that has ended. Nothing moves the practice any more: somebody gives
 * the money back, or reaches the applicant in another way.
 */
export async function openTaskForNews(tx: Rows, row: NewsRow): Promise<void> {
  const openedAt = instant(row.receivedAt);
  if (row.type === 'mailRefused') {
    await openTask(tx, row.tenantId, row.practiceId, 'deliveryFailed', openedAt, {});
    return;
  }
  const { receipt, payment } = row.payload as ReceiptPayload;
  await openTask(tx, row.tenantId, row.practiceId, 'paymentUnmatched', openedAt, { receipt, payment });
}
