import { type Refusal, refusal } from '../errors';
import { epochMs } from '../ids';
import type { Act, Actor } from './acts';
import type { Command } from './command';
import { needsRegistrationRetry } from './documents';
import { type PhaseRule, type ProcedureRules, REGISTER_DOWN_MINUTES } from './rules';
import type { PracticeState } from './state';
import type { Status } from './states';

/**
 * What an act needs besides role, state and switch. Screens that ask what is possible give no `command`, or one that is
 * only `asked`: they know when, and not what the act will say.
 */
export interface Question {
  readonly state: PracticeState;
  readonly actor: Actor;
  readonly labels: Readonly<Record<string, string>>;
  readonly command?: Pick<Command, 'receivedAt' | 'facts'> & { readonly asked?: true };
}

type Condition = (q: Question) => Refusal | undefined;

const no = (code: Refusal['code'], q: Question, more: Refusal['params'] = {}): Refusal =>
  refusal(code, { ...q.labels, ...more });

/** One condition per act that has one. */
const CONDITIONS: Readonly<Partial<Record<Act, Condition>>> = {
  deleteDraft: (q) => {
    // Money that came after its window is still with us until somebody gives it back.
    const late = q.state.attention.includes('paymentUnmatched');
    return late || q.state.payment?.status === 'paid' ? no('DRAFT_HAS_MONEY', q) : undefined;
  },
  retryPayment: (q) => (q.state.attention.includes('positionRefused') ? undefined : no('NOTHING_TO_RETRY', q)),
  retryRegistration: (q) => (needsRegistrationRetry(q.state) ? undefined : no('NOTHING_TO_RETRY', q)),
  takeCharge: (q) => {
    if (awaitsRequestNumber(q.state)) return no('NOT_REGISTERED_YET', q);
    return q.state.assignee ? no('ALREADY_IN_CHARGE', q) : undefined;
  },
  assign: (q) => (awaitsRequestNumber(q.state) ? no('NOT_REGISTERED_YET', q) : undefined),
  takeOver: (q) => {
    if (!q.state.assignee) return no('NOBODY_IN_CHARGE', q);
    return q.state.assignee === q.actor.id ? no('ALREADY_YOURS', q) : undefined;
  },
  changePhase: (q) => {
    const wanted = q.command?.facts?.phase;
    if (wanted === undefined) return undefined;
    const now = currentPhase(q.state);
    return now?.next.includes(wanted)
      ? undefined
      : no('PHASE_NOT_NEXT', q, { phase: wanted, next: now?.next.join(', ') ?? '' });
  },
  approve: (q) => phaseDecides(q, 'approved'),
  approvePartially: (q) => phaseDecides(q, 'partiallyApproved'),
  reject: (q) => phaseDecides(q, 'rejected') ?? noticeGiven(q),
  noticeRejection: (q) =>
    // A second notice would suspend the term once more: the law knows one.
    q.state.notice ? no('ALREADY_NOTICED', q) : undefined,
  submitObservations: (q) => (q.state.notice?.openedAt ? undefined : no('NOTICE_NOT_SENT_YET', q)),
  withdraw: (q) => mayWithdraw(q),
  // What the planning desk never accepted has no number to go on with.
  reopen: (q) =>
    q.state.rules.registration === 'onAcceptance' && !q.state.accepted ? no('PRACTICE_CLOSED', q) : undefined,
};

/** Nobody holds a practice before it has its number, unless the planning desk accepted it. */
function awaitsRequestNumber({ status, rules, accepted }: PracticeState): boolean {
  return rules.registration !== 'none' && !accepted && (status === 'received' || status === 'registering');
}

/** The refusal that an act's own condition gives, if any. */
export function conditionOf(act: Act, question: Question): Refusal | undefined {
  return CONDITIONS[act]?.(question);
}

/** Acts that a service does not have because of its kind, whatever its switches say. */
export function belongsToService(act: Act, rules: ProcedureRules): boolean {
  switch (act) {
    case 'accept':
      return rules.registration === 'onAcceptance';
    case 'changePhase':
      return (rules.phases?.length ?? 0) > 0;
    case 'takeCharge':
    case 'assign':
      return rules.workflow !== 'paymentOnly';
    case 'communicateStart':
    case 'communicate':
    case 'requestIntegration':
    case 'acceptMessages':
    case 'cancelIntegration':
    case 'answerIntegration':
    case 'noticeRejection':
    case 'submitObservations':
    case 'approve':
    case 'approvePartially':
    case 'reject':
    case 'archive':
    case 'reopen':
    case 'release':
    case 'takeOver':
      return rules.workflow === 'approval';
    default:
      return true;
  }
}

/** The phase in which a practice is; the first one from the beginning. */
export function currentPhase({ rules, phase }: PracticeState): PhaseRule | undefined {
  return rules.phases?.find((row) => row.key === phase) ?? rules.phases?.[0];
}

function phaseDecides(q: Question, outcome: PhaseRule['decisions'][number]): Refusal | undefined {
  const phase = currentPhase(q.state);
  if (!phase || phase.decisions.includes(outcome)) return undefined;
  return no('PHASE_NOT_DECIDING', q, { phase: phase.key, phaseLabel: phase.label });
}

/** L. 241/1990 art. 10-bis: the reasons are announced before a rejection. */
function noticeGiven(q: Question): Refusal | undefined {
  const { rules, notice } = q.state;
  if (!rules.noticeRequired || notice?.closedAt) return undefined;
  // Whether an exemption is named is known only with the act.
  if (!q.command || q.command.asked || q.command.facts?.noticeWaived) return undefined;
  return no('REJECTION_NOTICE_REQUIRED', q);
}

function mayWithdraw(q: Question): Refusal | undefined {
  const { state, command } = q;
  if (state.payment?.status === 'paid') return no('WITHDRAW_AFTER_PAYMENT', q);
  const waits: readonly Status[] = ['submitted', 'received', 'registering'];
  if (state.rules.registration !== 'onSubmission' || !waits.includes(state.status)) return undefined;
  const since = state.receivedAt ?? state.confirmedAt;
  const down = command && since && epochMs(command.receivedAt) - epochMs(since) > REGISTER_DOWN_MINUTES * 60_000;
  return down ? undefined : no('WITHDRAW_BEFORE_REGISTRATION', q, { minutes: REGISTER_DOWN_MINUTES });
}
