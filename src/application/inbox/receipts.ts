import type { Clock } from '../../activities/ports/clock';
import type { PaymentReceipt } from '../../activities/ports/payments';
import { epochMs, type Instant, instant } from '../../domain/ids';
import type { ReceiptNews } from '../../domain/practice/command';
import type { Database } from '../../platform/database';
import { canonicalJson, sha256, uuidv7 } from '../../platform/digest';
import { wakeSender } from './intake';

/** A receipt as the inbox keeps it. */
export interface ReceiptPayload {
  readonly payment: number;
  readonly receipt: string;
  readonly amountCents: number;
  readonly paidAt: Instant;
  readonly provider: string;
}

/**
 * Takes a payment receipt into the inbox. The receipt's own id is the idempotency key: told fifty times it is one row.
 * @returns the news for the practice, or undefined when no payment of ours has this request id (already reported).
 */
export async function takeReceipt(
  db: Database,
  clock: Clock,
  gateway: string,
  receipt: PaymentReceipt,
): Promise<ReceiptNews | undefined> {
  return db.transaction(async (tx) => {
    const payment = await tx.payment.findUnique({ where: { requestId: receipt.requestId } });
    if (!payment) return undefined;
    const payload: ReceiptPayload = {
      payment: payment.ordinal,
      receipt: receipt.receiptId,
      amountCents: receipt.amountCents,
      paidAt: receipt.paidAt,
      provider: receipt.provider,
    };
    const { tenantId, practiceId } = payment;
    // One receipt at a time per practice; two calls with the same receipt meet here.
    await tx.$queryRaw`SELECT 1 FROM practice WHERE id = ${practiceId}::uuid FOR UPDATE`;
    const actorKey = `gateway:${gateway}`;
    const where = { tenantId_actorKey_idempotencyKey: { tenantId, actorKey, idempotencyKey: receipt.receiptId } };
    const known = await tx.inboxRow.findUnique({ where });
    if (known) return receiptNews(known.id, known.payload as unknown as ReceiptPayload, instant(known.receivedAt));
    const receivedAt = clock.now();
    const id = uuidv7(epochMs(receivedAt));
    await tx.inboxRow.create({
      data: {
        id,
        tenantId,
        practiceId,
        kind: 'event',
        type: 'paymentReceipt',
        actorKey,
        actorRole: 'service',
        idempotencyKey: receipt.receiptId,
        bodySha256: sha256(canonicalJson(payload)),
        payload: { ...payload },
        receivedAt,
      },
    });
    wakeSender(tx);
    return receiptNews(id, payload, receivedAt);
  });
}

/** The news as the practice receives it. */
export function receiptNews(id: string, payload: ReceiptPayload, receivedAt: Instant): ReceiptNews {
  const { payment, receipt, amountCents, paidAt } = payload;
  return { id, payment, receipt, amountCents, paidAt, receivedAt };
}
