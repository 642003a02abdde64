import { type Refusal, refusal } from '../errors';
import type { Instant } from '../ids';
import type { DeadlineKind, PracticeClock } from '../terms/practice-clock';
import { romeText } from '../terms/rome';
import { ACT_LABELS, ACT_RULES, ACTS, type Act, type Actor } from './acts';
import type { Command } from './command';
import { belongsToService, conditionOf, type Question } from './conditions';
import { hasEnded, type PracticeState } from './state';
import { STATUS_LABELS, type Status } from './states';
import { statusesFor } from './transitions';

export { needsRegistrationRetry } from './documents';

/**
 * May this be done now? Answers the refusal, or undefined for yes. The same function guards the intake and the update's
 * validator, and says to screens why a button is not there.
 */
export function guard(state: PracticeState, clock: PracticeClock, command: Command): Refusal | undefined {
  return mayEver(state, command.act, command.actor, command) ?? late(state, clock, command) ?? stale(state, command);
}

/**
 * The same inside the lock, for an act that the guard has let in. Acts that only their time forbids are not asked about
 * it again: practices of earlier releases took them late, and their histories must replay.
 */
export function guardInTurn(state: PracticeState, clock: PracticeClock, command: Command): Refusal | undefined {
  const may = mayEver(state, command.act, command.actor, command);
  return may ?? (command.act in ANSWERS ? late(state, clock, command) : undefined) ?? stale(state, command);
}

/**
 * What can be done by this person, and for the rest why not. `at` says what the clock allows at an instant; without it
 * only state and role are judged.
 */
export function availableActs(
  state: PracticeState,
  actor: Actor,
  at?: { readonly clock: PracticeClock; readonly now: Instant },
): readonly { readonly act: Act; readonly refusal?: Refusal }[] {
  return ACTS.filter((act) => act !== 'createDraft').map((act) => {
    const asked = at && { receivedAt: at.now, asked: true as const };
    const why = mayEver(state, act, actor, asked) ?? (at && late(state, at.clock, { act, receivedAt: at.now }));
    return why ? { act, refusal: why } : { act };
  });
}

/** Acts that bring a practice back to life, or change it after its end. */
export const AFTER_THE_END: readonly Act[] = ['annul', 'reopen', 'retryRegistration'];

function mayEver(state: PracticeState, act: Act, actor: Actor, command?: Question['command']): Refusal | undefined {
  const rule = ACT_RULES[act];
  const labels = { act, actLabel: ACT_LABELS[act], status: state.status, statusLabel: statusLabel(state, actor) };
  if (!rule.roles.includes(actor.role)) {
    return refusal('ROLE_NOT_ALLOWED', { ...labels, role: actor.role, roles: rule.roles.join(', ') });
  }
  if (!belongsToService(act, state.rules) || (rule.needs && !state.rules.switches[rule.needs])) {
    return refusal('ACT_DISABLED_BY_SERVICE', labels);
  }
  if (!isTheirs(state, rule.who, actor)) return refusal('NOT_APPLICANT', labels);
  const where = statusesFor(act);
  const ended = hasEnded(state) && !AFTER_THE_END.includes(act);
  if (ended || !where.includes(state.status)) {
    if (hasEnded(state)) return refusal('PRACTICE_CLOSED', labels);
    const allowedIn = [...new Set(where.map((status) => STATUS_LABELS[status]))].join(', ');
    return refusal('ACT_NOT_ALLOWED_IN_STATE', { ...labels, allowedIn });
  }
  if (rule.who === 'assignee' && actor.id !== state.assignee) {
    return refusal('NOT_ASSIGNEE', { ...labels, held: state.assignee !== undefined });
  }
  return conditionOf(act, { state, actor, labels, ...(command && { command }) });
}

/** Statuses in which the decision is taken and its label does not say which. */
const DECIDED: readonly Status[] = ['deciding', 'awaitingFinalStamps', 'awaitingFinalPayment', 'registeringOutcome'];

const OFFICE: readonly Actor['role'][] = ['operator', 'manager', 'administrator'];

/** An officer who comes too late is told what was decided; the applicant learns it from the registered document. */
function statusLabel({ status, decision }: PracticeState, { role }: Actor): string {
  const told = decision && DECIDED.includes(status) && OFFICE.includes(role);
  return told ? `${STATUS_LABELS[status]}: ${STATUS_LABELS[decision.outcome]}` : STATUS_LABELS[status];
}

function isTheirs(state: PracticeState, who: 'assignee' | 'applicant' | 'filer' | 'anyone', actor: Actor): boolean {
  if (who === 'applicant') return actor.id === state.applicant;
  if (who === 'filer') return actor.id === state.applicant || actor.id === state.author;
  return true;
}

/** Answers that the law takes only until a day. */
const ANSWERS: Readonly<Partial<Record<Act, DeadlineKind>>> = {
  answerIntegration: 'integration',
  submitObservations: 'observations',
};

/** Acts whose time is over when a draft expires or a payment window closes, although nobody has carried that out yet. */
const IN_TIME: Readonly<Partial<Record<Act, DeadlineKind>>> = {
  ...ANSWERS,
  submit: 'draft',
  recordCounterPayment: 'payment',
};

/** Whether an act came after the end of its time. Decided by when it was received, whoever looks at it and when. */
export function late(
  state: PracticeState,
  clock: PracticeClock,
  command: Pick<Command, 'act' | 'receivedAt'>,
): Refusal | undefined {
  const kind = IN_TIME[command.act];
  if (!kind || !statusesFor(command.act).includes(state.status)) return undefined;
  const deadline = clock.deadlines.find((row) => row.kind === kind);
  if (!deadline || command.receivedAt < deadline.expiresAt) return undefined;
  return refusal('DEADLINE_PASSED', {
    deadline: deadline.kind,
    expiresAt: romeText(deadline.expiresAt),
    receivedAt: romeText(command.receivedAt),
  });
}

function stale(state: PracticeState, command: Command): Refusal | undefined {
  if (!ACT_RULES[command.act].versioned) return undefined;
  const labels = { act: command.act, actLabel: ACT_LABELS[command.act] };
  if (command.actVersion === undefined) return refusal('VERSION_REQUIRED', labels);
  if (command.actVersion === state.actVersion) return undefined;
  return refusal('STALE_VERSION', {
    ...labels,
    given: command.actVersion,
    actual: state.actVersion,
    status: state.status,
    statusLabel: STATUS_LABELS[state.status],
  });
}
