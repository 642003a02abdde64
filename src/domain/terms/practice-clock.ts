import { epochMs, type Instant, instant, type LegalDate } from '../ids';
import { DRAFT_NOTICE_DAYS, OBSERVATION_DAYS, PAYMENT_OUTCOME_MINUTES } from '../practice/rules';
import { hasEnded, type PracticeState } from '../practice/state';
import type { Status } from '../practice/states';
import { moveFromHoliday } from './holidays';
import { addDays, daysBetween, endOfRomeDay, italianDate, romeDate, romeText } from './rome';

export type DeadlineKind =
  | 'draftNotice'
  | 'draft'
  | 'payment'
  | 'paymentOutcome'
  | 'integration'
  | 'observations'
  | 'term';

/** Something that happens by itself at an instant unless an act comes first. */
export interface Deadline {
  readonly kind: DeadlineKind;
  readonly expiresAt: Instant;
  /** For an announcement: the instant that it announces. */
  readonly follows?: Instant;
}

/** What the engine knows of the legal clock: instants and dates, computed outside the workflow after each transition. */
export interface PracticeClock {
  readonly deadlines: readonly Deadline[];
  /** Last day for the office to answer; absent before submission and while the term is suspended. */
  readonly answerBy?: LegalDate;
  readonly suspended: boolean;
}

/** The term is suspended once and for at most thirty days (L. 241/1990 art. 2 c. 7). */
const MAX_SUSPENSION_DAYS = 30;

/**
 * The clock of a practice after its last event, from state alone. The first day is not counted, the last one is and
 * moves from Sundays and holidays; only the first integration request suspends the term.
 */
export function evaluateClock(state: PracticeState): PracticeClock {
  if (hasEnded(state)) return { deadlines: [], suspended: false };
  const answerBy = termDate(state);
  const deadlines: Deadline[] = [
    ...draftDeadlines(state),
    ...paymentDeadlines(state),
    ...answerDeadlines(state),
    ...(answerBy && !state.late ? [{ kind: 'term' as const, expiresAt: endOfRomeDay(answerBy) }] : []),
  ];
  return { deadlines, suspended: isSuspended(state), ...(answerBy && { answerBy }) };
}

function draftDeadlines({ status, rules, draftedAt, expiryAnnounced }: PracticeState): readonly Deadline[] {
  if (status !== 'draft' || !rules.draftDays || !draftedAt) return [];
  const expiresAt = endOfRomeDay(addDays(romeDate(draftedAt), rules.draftDays));
  const noticeAt = endOfRomeDay(addDays(romeDate(draftedAt), rules.draftDays - DRAFT_NOTICE_DAYS));
  const notice = { kind: 'draftNotice' as const, expiresAt: noticeAt, follows: expiresAt };
  // A draft of so few days that there is no room for an announcement simply expires.
  return [...(expiryAnnounced || rules.draftDays <= DRAFT_NOTICE_DAYS ? [] : [notice]), { kind: 'draft', expiresAt }];
}

function paymentDeadlines({ status, payment, rules }: PracticeState): readonly Deadline[] {
  const windowMinutes = (payment?.phase === 'release' ? rules.releasePayment : rules.payment)?.windowMinutes;
  if (payment?.status !== 'requested' || windowMinutes === undefined) return [];
  const expiresAt = instant(epochMs(payment.requestedAt) + windowMinutes * 60_000);
  const due: Deadline = { kind: 'payment', expiresAt };
  if (status !== 'awaitingOutcome' || !payment.returnedAt) return [due];
  const outcomeAt = instant(epochMs(payment.returnedAt) + PAYMENT_OUTCOME_MINUTES * 60_000);
  // When both fall due, closing the position tells the outcome as well.
  return outcomeAt < expiresAt ? [due, { kind: 'paymentOutcome', expiresAt: outcomeAt }] : [due];
}

function answerDeadlines(state: PracticeState): readonly Deadline[] {
  const open = state.rounds.at(-1);
  if (state.status === 'awaitingIntegration' && open?.openedAt && !open.closedAt) {
    const lastDay = addDays(romeDate(open.openedAt), daysToAnswer(state));
    return [{ kind: 'integration', expiresAt: endOfRomeDay(lastDay) }];
  }
  if (state.status === 'rejectionNoticed' && state.notice?.openedAt) {
    const lastDay = addDays(romeDate(state.notice.openedAt), OBSERVATION_DAYS);
    return [{ kind: 'observations', expiresAt: endOfRomeDay(lastDay) }];
  }
  return [];
}

/** States in which the office has answered, or in which nobody asked it to. */
const ANSWERED: ReadonlySet<Status> = new Set([
  'deciding',
  'awaitingFinalStamps',
  'awaitingFinalPayment',
  'registeringOutcome',
]);

function termDate(state: PracticeState): LegalDate | undefined {
  if (!state.receivedAt || state.reopened || state.rules.workflow !== 'approval') return undefined;
  if (isSuspended(state) || ANSWERED.has(state.status)) return undefined;
  const days = state.rules.termDays + suspendedDays(state) + noticeDays(state);
  return moveFromHoliday(addDays(romeDate(state.receivedAt), days));
}

function isSuspended(state: PracticeState): boolean {
  if (state.status === 'rejectionNoticed') return state.notice?.openedAt !== undefined;
  const first = state.rounds[0];
  return state.status === 'awaitingIntegration' && first?.openedAt !== undefined && first.closedAt === undefined;
}

function suspendedDays(state: PracticeState): number {
  const first = state.rounds[0];
  if (!first?.openedAt || !first.closedAt) return 0;
  // A request lapses at the midnight that ends its last day: the new date which begins there is not a day of suspension.
  return Math.min(daysBetween(romeDate(first.openedAt), romeDate(first.closedAt)), daysToAnswer(state));
}

/** The term runs again ten days after the observations, or from the end of the time for them (L. 241/1990 art. 10-bis). */
function noticeDays({ notice }: PracticeState): number {
  if (!notice?.openedAt || !notice.closedAt) return 0;
  const days = Math.min(daysBetween(romeDate(notice.openedAt), romeDate(notice.closedAt)), OBSERVATION_DAYS);
  return notice.closedBy === 'observations' ? days + OBSERVATION_DAYS : days;
}

function daysToAnswer({ rules }: PracticeState): number {
  return Math.min(rules.integrationDays, MAX_SUSPENSION_DAYS);
}

/** What people call a deadline. */
export const DEADLINE_LABELS: Readonly<Record<DeadlineKind, string>> = {
  draftNotice: 'avviso di scadenza della bozza',
  draft: 'bozza',
  payment: 'pagamento',
  paymentOutcome: 'esito del pagamento',
  integration: 'integrazioni',
  observations: 'osservazioni',
  term: 'termine del procedimento',
};

/** Until when, as people say it: terms of days name their last day, which still counts whole. */
export function deadlineText({ kind, expiresAt }: Deadline): string {
  if (kind === 'payment' || kind === 'paymentOutcome') return romeText(expiresAt);
  return `${italianDate(romeDate(instant(epochMs(expiresAt) - 1)))} compreso`;
}

/** The deadline that comes first, if any. */
export function nearestDeadline(clock: PracticeClock): Deadline | undefined {
  return [...clock.deadlines].sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))[0];
}
