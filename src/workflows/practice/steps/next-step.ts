import { documentWork, type PracticeDocument } from '../../../domain/practice/documents';
import { isWaiting } from '../../../domain/practice/happenings';
import type { PracticeState } from '../../../domain/practice/state';

/** What the practice does by itself next. Chosen from state alone, so a practice resumed from a snapshot goes on alike. */
export type Step =
  | { readonly kind: 'openPosition'; readonly payment: number }
  | { readonly kind: 'askPosition'; readonly payment: number }
  | { readonly kind: 'closePosition'; readonly payment: number }
  | { readonly kind: 'makeDocument'; readonly document: PracticeDocument }
  | { readonly kind: 'register'; readonly document: PracticeDocument };

/** Steps finished in this run that leave no trace in the state; repeating one after continue-as-new is harmless. */
export type DoneSteps = Set<string>;

/** The next automatic step, if any. */
export function nextStep(state: PracticeState, done: DoneSteps): Step | undefined {
  const money = moneyStep(state, done);
  if (money) return money;
  const work = documentWork(state);
  if (!work) return undefined;
  return { kind: work.kind === 'make' ? 'makeDocument' : 'register', document: work.document };
}

function moneyStep(state: PracticeState, done: DoneSteps): Step | undefined {
  const { payment } = state;
  if (!payment) return undefined;
  const { ordinal } = payment;
  if (isWaiting(state)) {
    const refused = state.attention.includes('positionRefused');
    if (!refused && !done.has(openedKey(ordinal))) return { kind: 'openPosition', payment: ordinal };
    const ask = state.status === 'awaitingOutcome' && !done.has(askedKey(state));
    return ask ? { kind: 'askPosition', payment: ordinal } : undefined;
  }
  // Nobody may pay any more what was paid at the counter or is no longer owed.
  const owed = payment.status === 'requested' || (payment.means === 'counter' && !payment.closed);
  return owed ? { kind: 'closePosition', payment: ordinal } : undefined;
}

export function openedKey(payment: number): string {
  return `position/${payment}`;
}

/** One question for each time that the applicant came back. */
export function askedKey({ payment }: PracticeState): string {
  return `asked/${payment?.ordinal}@${payment?.returnedAt}`;
}
