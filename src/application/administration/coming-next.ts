import type { Instant } from '../../domain/ids';
import { documentWork, needsRegistrationRetry } from '../../domain/practice/documents';
import { isWaiting } from '../../domain/practice/happenings';
import { DRAFT_NOTICE_DAYS, OBSERVATION_DAYS, PAYMENT_OUTCOME_MINUTES } from '../../domain/practice/rules';
import { hasEnded, type PracticeState } from '../../domain/practice/state';
import { type DeadlineKind, deadlineText, type PracticeClock } from '../../domain/terms/practice-clock';

/** Something that happens by itself at an instant unless an act comes first. */
export interface NextDeadline {
  readonly kind: DeadlineKind;
  readonly expiresAt: Instant;
  /** Until when, as people say it, in Italian and Europe/Rome. */
  readonly until: string;
  readonly effect: string;
  /** Article of law, or rule of the service. */
  readonly rule: string;
}

/** What the workflow does by itself as soon as it can. */
export interface NextStep {
  readonly what: string;
  readonly why: string;
}

/** Deadlines of the clock, nearest first, with what they do and on which ground. */
export function nextDeadlines(state: PracticeState, clock: PracticeClock): readonly NextDeadline[] {
  return [...clock.deadlines]
    .sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))
    .map((deadline) => ({
      kind: deadline.kind,
      expiresAt: deadline.expiresAt,
      until: deadlineText(deadline),
      ...GROUNDS[deadline.kind](state),
    }));
}

type Ground = Pick<NextDeadline, 'effect' | 'rule'>;

const GROUNDS: Readonly<Record<DeadlineKind, (state: PracticeState) => Ground>> = {
  draftNotice: () => ({
    effect: 'the applicant is told that the draft will expire',
    rule: `${DRAFT_NOTICE_DAYS} days before the draft expires`,
  }),
  draft: ({ rules }) => ({
    effect: 'the draft expires',
    rule: `rule of the service: drafts expire after ${rules.draftDays} days`,
  }),
  payment: ({ payment, rules }) => {
    const release = payment?.phase === 'release';
    const rule = release ? rules.releasePayment : rules.payment;
    const becomes = release
      ? rules.releasePayment?.onExpiry === 'annulled'
        ? 'annulled'
        : 'asked to pay again'
      : (rules.payment?.onExpiry ?? 'expired');
    return {
      effect: `the position is closed at the gateway; if it was not paid, the practice is ${becomes}`,
      rule: `rule of the service: to be paid within ${rule?.windowMinutes} minutes`,
    };
  },
  paymentOutcome: () => ({
    effect: 'the gateway is asked; if it took no money, the payment may be tried again',
    rule: `an unknown outcome is waited for ${PAYMENT_OUTCOME_MINUTES} minutes`,
  }),
  integration: ({ rules, rounds }) => ({
    effect: `the request lapses, the practice goes back to the office${rounds.length === 1 ? ' and its term runs again' : ''}`,
    rule: `rule of the service: ${rules.integrationDays} days to answer (L. 241/1990 art. 2 c. 7: at most 30 of suspension)`,
  }),
  observations: () => ({
    effect: 'the time for observations ends, the office may decide',
    rule: `${OBSERVATION_DAYS} days (L. 241/1990 art. 10-bis)`,
  }),
  term: ({ rules }) => ({
    effect: 'the practice is late: it is flagged and stays where it is',
    rule: `${rules.termDays} days from arrival, plus suspensions (L. 241/1990 art. 2)`,
  }),
};

/** The next thing that happens without anybody, or undefined when the practice rests. */
export function nextStepOf(state: PracticeState, code: string | undefined): NextStep | undefined {
  return moneyStep(state) ?? documentStep(state, code);
}

function moneyStep(state: PracticeState): NextStep | undefined {
  const { payment } = state;
  if (!payment || isWaiting(state)) return undefined;
  const owed = payment.status === 'requested' || (payment.means === 'counter' && !payment.closed);
  if (!owed) return undefined;
  return { what: `close position ${payment.ordinal} at the payment gateway`, why: 'nobody may pay it any more' };
}

function documentStep(state: PracticeState, code: string | undefined): NextStep | undefined {
  const work = documentWork(state);
  if (!work) {
    if (!needsRegistrationRetry(state)) return undefined;
    return { what: 'nothing, until the act retryRegistration', why: 'a second number must not be asked for blindly' };
  }
  const { ordinal, kind } = work.document;
  if (work.kind === 'make') {
    return { what: `make document ${ordinal} (${kind}) as PDF/A`, why: 'the act that asked for it has been taken' };
  }
  return {
    what: `register document ${ordinal} (${kind}) under our reference ${code ?? state.id}/${ordinal}`,
    why: hasEnded(state) ? 'also what ends a practice is registered' : 'the document exists and has no number yet',
  };
}
