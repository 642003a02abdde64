import { type Refusal, refusal } from '../errors';
import type { Instant } from '../ids';
import type { PracticeClock } from '../terms/practice-clock';
import { romeText } from '../terms/rome';
import { ACT_LABELS, ACT_RULES, ACTS, type Act, type Actor } from './acts';
import type { Command } from './command';
import { isDecidable } from './decide';
import type { PracticeState } from './state';
import { isFinal, STATUS_LABELS } from './states';
import { statusesFor } from './transitions';

/**
 * May this be done now? Answers the refusal, or undefined for yes. The same function guards the intake, the update's
 * validator and the moment inside the lock, and says to screens why a button is not there.
 */
export function guard(state: PracticeState, clock: PracticeClock, command: Command): Refusal | undefined {
  return mayEver(state, command.act, command.actor) ?? late(state, clock, command) ?? stale(state, command);
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
  return ACTS.filter((act) => act !== 'createDraft' && isDecidable(act)).map((act) => {
    const why = mayEver(state, act, actor) ?? (at && late(state, at.clock, { act, receivedAt: at.now }));
    return why ? { act, refusal: why } : { act };
  });
}

function mayEver(state: PracticeState, act: Act, actor: Actor): Refusal | undefined {
  const rule = ACT_RULES[act];
  const labels = { act, actLabel: ACT_LABELS[act], status: state.status, statusLabel: STATUS_LABELS[state.status] };
  if (!isDecidable(act)) return refusal('ACT_NOT_AVAILABLE', labels);
  if (!rule.roles.includes(actor.role)) {
    return refusal('ROLE_NOT_ALLOWED', { ...labels, role: actor.role, roles: rule.roles.join(', ') });
  }
  if (rule.needs && !state.rules.switches[rule.needs]) return refusal('ACT_DISABLED_BY_SERVICE', labels);
  if (rule.who === 'applicant' && actor.id !== state.applicant) return refusal('NOT_APPLICANT', labels);
  const where = statusesFor(act);
  if (!where.includes(state.status)) {
    if (isFinal(state.status)) return refusal('PRACTICE_CLOSED', labels);
    const allowedIn = [...new Set(where.map((status) => STATUS_LABELS[status]))].join(', ');
    return refusal('ACT_NOT_ALLOWED_IN_STATE', { ...labels, allowedIn });
  }
  if (act === 'takeCharge' && state.status === 'received' && state.rules.registration !== 'none') {
    return refusal('ACT_NOT_ALLOWED_IN_STATE', { ...labels, allowedIn: STATUS_LABELS.registered });
  }
  if (act === 'retryRegistration' && !needsRegistrationRetry(state)) {
    return refusal('ACT_NOT_ALLOWED_IN_STATE', { ...labels, allowedIn: '' });
  }
  if (rule.who === 'assignee' && actor.id !== state.assignee) return refusal('NOT_ASSIGNEE', labels);
  return undefined;
}

/** A registration was refused or stayed uncertain: a person corrects and lets it go on. */
export function needsRegistrationRetry(state: PracticeState): boolean {
  return state.attention.some((reason) => reason === 'registrationRejected' || reason === 'registrationUncertain');
}

function late(
  state: PracticeState,
  clock: PracticeClock,
  command: Pick<Command, 'act' | 'receivedAt'>,
): Refusal | undefined {
  if (command.act !== 'answerIntegration' || state.status !== 'awaitingIntegration') return undefined;
  const deadline = clock.deadlines.find((row) => row.kind === 'integration');
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
