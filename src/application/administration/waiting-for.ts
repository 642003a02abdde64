import type { Instant } from '../../domain/ids';
import type { Act, Actor } from '../../domain/practice/acts';
import { documentWork, hasOpenDocuments, needsRegistrationRetry } from '../../domain/practice/documents';
import { availableActs } from '../../domain/practice/guard';
import { isWaiting } from '../../domain/practice/happenings';
import { hasEnded, type PracticeState } from '../../domain/practice/state';
import type { Status } from '../../domain/practice/states';
import type { PracticeClock } from '../../domain/terms/practice-clock';

/** Who or what has to do something before a practice moves. */
export type WaitedFor =
  | 'applicant'
  | 'office'
  | 'caseOfficer'
  | 'administrator'
  | 'documents'
  | 'register'
  | 'paymentGateway'
  | 'nobody';

export interface Waiting {
  readonly on: WaitedFor;
  /** One sentence in English. */
  readonly what: string;
  /** What they can do now; empty for outside systems. */
  readonly acts: readonly Act[];
}

const BY_STATUS: Readonly<Partial<Record<Status, { readonly on: 'applicant' | 'office'; readonly what: string }>>> = {
  draft: { on: 'applicant', what: 'the applicant is still writing the application and has not sent it' },
  awaitingStamps: { on: 'applicant', what: 'the applicant must give the numbers of the stamps (marche da bollo)' },
  awaitingPayment: { on: 'applicant', what: 'the applicant must pay' },
  received: { on: 'office', what: 'somebody of the office must take it in charge' },
  toAccept: { on: 'office', what: 'the planning desk must accept it; code, number and case officer follow from that' },
  registered: { on: 'office', what: 'somebody of the office must take it in charge' },
  awaitingIntegration: { on: 'applicant', what: 'the applicant must answer the integration request' },
  rejectionNoticed: { on: 'applicant', what: 'the applicant may answer the rejection notice' },
  awaitingFinalStamps: { on: 'applicant', what: 'the applicant must give the stamps for the release' },
  awaitingFinalPayment: { on: 'applicant', what: 'the applicant must pay before the decision is released' },
};

/** What a practice waits for, most pressing first, from its state alone. */
export function waitingFor(state: PracticeState, clock: PracticeClock, now: Instant): readonly Waiting[] {
  const can = (role: Actor['role'], id: string): readonly Act[] =>
    availableActs(state, { role, id }, { clock, now }).flatMap(({ act, refusal }) => (refusal ? [] : [act]));
  const waiting = [...registerTrouble(state, can), ...systems(state)];
  if (waiting.length === 0 || personIsFree(state)) waiting.push(...people(state, can));
  return waiting;
}

type Can = (role: Actor['role'], id: string) => readonly Act[];

function registerTrouble(state: PracticeState, can: Can): Waiting[] {
  if (!needsRegistrationRetry(state)) return [];
  const what = 'a registration was refused or its outcome is unknown: somebody must look into the register and retry';
  return [{ on: 'administrator', what, acts: can('administrator', '') }];
}

function systems(state: PracticeState): Waiting[] {
  const work = documentWork(state);
  if (state.status === 'awaitingOutcome') {
    return [{ on: 'paymentGateway', what: 'the payment gateway must say whether the payment was made', acts: [] }];
  }
  if (!work) return [];
  const { ordinal, kind } = work.document;
  return work.kind === 'make'
    ? [{ on: 'documents', what: `document ${ordinal} (${kind}) is being made as PDF/A`, acts: [] }]
    : [{ on: 'register', what: `document ${ordinal} (${kind}) is being registered`, acts: [] }];
}

/** States in which people go on although a document is still on its way. */
function personIsFree(state: PracticeState): boolean {
  return state.status === 'inCharge' || state.status === 'rejectionNoticed' || isWaiting(state);
}

function people(state: PracticeState, can: Can): Waiting[] {
  if (hasEnded(state)) {
    const what = hasOpenDocuments(state) ? 'it has ended, and its last documents are on their way' : 'it has ended';
    return [{ on: 'nobody', what, acts: can('manager', '') }];
  }
  const known = BY_STATUS[state.status];
  if (known) {
    const acts = known.on === 'applicant' ? can('citizen', state.applicant) : can('operator', '');
    return [{ ...known, acts }];
  }
  if (state.assignee !== undefined) {
    const what = `the operator ${state.assignee} has it in charge`;
    return [{ on: 'caseOfficer', what, acts: can('operator', state.assignee) }];
  }
  if (state.status === 'inCharge') {
    return [
      { on: 'office', what: 'nobody has it in charge: somebody of the office must take it', acts: can('operator', '') },
    ];
  }
  return [{ on: 'nobody', what: 'it goes on by itself', acts: [] }];
}
