import { epochMs, type Instant, instant, type LegalDate } from '../ids';
import type { PracticeState } from '../practice/state';
import { isFinal } from '../practice/states';
import { moveFromHoliday } from './holidays';
import { addDays, daysBetween, endOfRomeDay, italianDate, romeDate, romeText } from './rome';

export type DeadlineKind = 'payment' | 'integration' | 'term';

/** Something that happens by itself at an instant unless an act comes first. */
export interface Deadline {
  readonly kind: DeadlineKind;
  readonly expiresAt: Instant;
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
  if (isFinal(state.status)) return { deadlines: [], suspended: false };
  const deadlines: Deadline[] = [];
  const { payment, rules } = state;
  if (payment?.status === 'requested' && rules.payment) {
    const expiresAt = instant(epochMs(payment.requestedAt) + rules.payment.windowMinutes * 60_000);
    deadlines.push({ kind: 'payment', expiresAt });
  }
  const open = state.rounds.at(-1);
  if (state.status === 'awaitingIntegration' && open?.openedAt && !open.closedAt) {
    const lastDay = addDays(romeDate(open.openedAt), daysToAnswer(state));
    deadlines.push({ kind: 'integration', expiresAt: endOfRomeDay(lastDay) });
  }
  const answerBy = termDate(state);
  if (answerBy && !state.late) deadlines.push({ kind: 'term', expiresAt: endOfRomeDay(answerBy) });
  return { deadlines, suspended: isSuspended(state), ...(answerBy && { answerBy }) };
}

function termDate(state: PracticeState): LegalDate | undefined {
  if (!state.receivedAt || isSuspended(state)) return undefined;
  return moveFromHoliday(addDays(romeDate(state.receivedAt), state.rules.termDays + suspendedDays(state)));
}

function isSuspended(state: PracticeState): boolean {
  const first = state.rounds[0];
  return state.status === 'awaitingIntegration' && first?.openedAt !== undefined && first.closedAt === undefined;
}

function suspendedDays(state: PracticeState): number {
  const first = state.rounds[0];
  if (!first?.openedAt || !first.closedAt) return 0;
  // A request lapses at the midnight that ends its last day: the new date which begins there is not a day of suspension.
  return Math.min(daysBetween(romeDate(first.openedAt), romeDate(first.closedAt)), daysToAnswer(state));
}

function daysToAnswer({ rules }: PracticeState): number {
  return Math.min(rules.integrationDays, MAX_SUSPENSION_DAYS);
}

/** What people call a deadline. */
export const DEADLINE_LABELS: Readonly<Record<DeadlineKind, string>> = {
  payment: 'pagamento',
  integration: 'integrazioni',
  term: 'termine del procedimento',
};

/** Until when, as people say it: terms of days name their last day, which still counts whole. */
export function deadlineText({ kind, expiresAt }: Deadline): string {
  if (kind === 'payment') return romeText(expiresAt);
  return `${italianDate(romeDate(instant(epochMs(expiresAt) - 1)))} compreso`;
}

/** The deadline that comes first, if any. */
export function nearestDeadline(clock: PracticeClock): Deadline | undefined {
  return [...clock.deadlines].sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : 1))[0];
}
