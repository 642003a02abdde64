import type { Deadline, PracticeClock } from '../terms/practice-clock';
import type { ReceiptNews } from './command';
import type { EventDraft } from './events';
import type { PracticeState } from './state';

/**
 * What a receipt makes happen. Money that fits no open position never moves a practice: it raises a flag and an
 * operator task for the refund, because it must not be lost and must not be taken as an application.
 */
export function onReceipt(state: PracticeState, clock: PracticeClock, news: ReceiptNews): EventDraft[] {
  const { payment, rules } = state;
  const ours = payment?.ordinal === news.payment;
  // A gateway may tell of the same payment twice under two receipt ids; the position was paid once.
  if (ours && payment.status === 'paid') return [];
  const waiting = state.status === 'awaitingPayment' || state.status === 'awaitingOutcome';
  const expiresAt = clock.deadlines.find((row) => row.kind === 'payment')?.expiresAt;
  const inTime = expiresAt === undefined || news.paidAt < expiresAt;
  if (!ours || !waiting || !inTime || rules.payment?.amountCents !== news.amountCents) {
    const data = { reason: 'paymentUnmatched' as const, payment: news.payment, receipt: news.receipt };
    return [{ type: 'attentionRaised', at: news.receivedAt, data }];
  }
  const confirmedAt = state.confirmedAt ?? news.receivedAt;
  return [
    {
      type: 'paymentReceived',
      at: news.receivedAt,
      data: { payment: news.payment, receipt: news.receipt, paidAt: news.paidAt },
    },
    // Where a service asks for payment the application has arrived when it is paid.
    {
      type: 'submitted',
      at: news.receivedAt,
      data: { submission: state.submission, confirmedAt, receivedAt: news.paidAt },
    },
  ];
}

/** What a deadline makes happen when nothing that came before it answers it. Its instant is that of the deadline. */
export function onDeadline(state: PracticeState, deadline: Deadline): EventDraft[] {
  const at = deadline.expiresAt;
  switch (deadline.kind) {
    case 'payment':
      return state.payment
        ? [
            {
              type: 'paymentExpired',
              at,
              data: { payment: state.payment.ordinal, to: state.rules.payment?.onExpiry ?? 'expired' },
            },
          ]
        : [];
    case 'integration':
      return [{ type: 'integrationLapsed', at, data: { round: state.rounds.length } }];
    case 'term':
      return [
        { type: 'termPassed', at, data: { expiresAt: at } },
        { type: 'attentionRaised', at, data: { reason: 'termPassed' } },
      ];
  }
}
