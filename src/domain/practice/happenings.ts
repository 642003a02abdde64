import type { Deadline, PracticeClock } from '../terms/practice-clock';
import type { MailRefusal, ReceiptNews } from './command';
import { arrival, finalPayment, released } from './decide';
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
  if (ours && payment.status === 'paid' && payment.means !== 'counter') return [];
  const expiresAt = clock.deadlines.find((row) => row.kind === 'payment')?.expiresAt;
  const inTime = expiresAt === undefined || news.paidAt < expiresAt;
  const amountCents = payment?.amountCents ?? rules.payment?.amountCents;
  const at = news.receivedAt;
  if (!ours || !isWaiting(state) || !inTime || amountCents !== news.amountCents) {
    const data = { reason: 'paymentUnmatched' as const, payment: news.payment, receipt: news.receipt };
    return [{ type: 'attentionRaised', at, data }];
  }
  const data = { payment: news.payment, receipt: news.receipt, paidAt: news.paidAt };
  const paid: EventDraft = { type: 'paymentReceived', at, data };
  return [paid, ...(state.status === 'awaitingFinalPayment' ? released(state, at) : [arrival(state, at, news.paidAt)])];
}

/** The applicant could not be told: an officer must know. The second mail refused at the same address is no news. */
export function onMailRefused(state: PracticeState, { receivedAt }: MailRefusal): EventDraft[] {
  if (state.attention.includes('deliveryFailed')) return [];
  return [{ type: 'attentionRaised', at: receivedAt, data: { reason: 'deliveryFailed' } }];
}

/** A payment is being waited for. */
export function isWaiting({ status, payment }: PracticeState): boolean {
  return (
    payment?.status === 'requested' &&
    (status === 'awaitingPayment' || status === 'awaitingOutcome' || status === 'awaitingFinalPayment')
  );
}

/** What a deadline makes happen when nothing that came before it answers it. Its instant is that of the deadline. */
export function onDeadline(state: PracticeState, deadline: Deadline): EventDraft[] {
  const at = deadline.expiresAt;
  switch (deadline.kind) {
    case 'draftNotice':
      return [{ type: 'draftExpiryAnnounced', at, data: { expiresAt: deadline.follows ?? at } }];
    case 'draft':
      return [{ type: 'draftExpired', at, data: { expiresAt: at } }];
    case 'payment':
      return paymentExpired(state, at);
    case 'paymentOutcome':
      return state.payment ? [{ type: 'paymentFailed', at, data: { payment: state.payment.ordinal } }] : [];
    case 'integration':
      return [{ type: 'integrationLapsed', at, data: { round: state.rounds.length } }];
    case 'observations':
      return [{ type: 'observationsLapsed', at, data: {} }];
    case 'term':
      return [
        { type: 'termPassed', at, data: { expiresAt: at } },
        { type: 'attentionRaised', at, data: { reason: 'termPassed' } },
      ];
  }
}

function paymentExpired(state: PracticeState, at: Deadline['expiresAt']): EventDraft[] {
  const { payment, rules } = state;
  if (!payment) return [];
  const expired = (to: 'expired' | 'draft' | 'annulled' | 'awaitingFinalPayment'): EventDraft => ({
    type: 'paymentExpired',
    at,
    data: { payment: payment.ordinal, to },
  });
  if (payment.phase !== 'release') return [expired(rules.payment?.onExpiry ?? 'expired')];
  if (rules.releasePayment?.onExpiry === 'annulled') return [expired('annulled')];
  return [expired('awaitingFinalPayment'), finalPayment(state, at, payment.amountCents ?? 0)];
}
