import type { CommandId, Instant, PracticeId, Sha256, TenantCode } from '../ids';
import type { AttentionReason, Outcome, PracticeEvent, RegistrationFact } from './events';
import type { ProcedureRules } from './rules';
import type { Status } from './states';

/** A document of the practice that must be made, and usually registered. Its text is found through `command`. */
export interface PracticeDocument {
  /** From 1, gapless. `<practice code>/<ordinal>` is our reference at the register. */
  readonly ordinal: number;
  readonly kind: 'request' | 'integrationRequest' | 'integrationAnswer' | 'decision';
  readonly command?: CommandId;
  readonly sha256?: Sha256;
  readonly registration?: RegistrationFact;
}

/** An integration request and what became of it. */
export interface IntegrationRound {
  readonly round: number;
  readonly requestedAt: Instant;
  /** When the registered request was deposited in the applicant's area: the term is suspended from here. */
  readonly openedAt?: Instant;
  readonly closedAt?: Instant;
  readonly closedBy?: 'answer' | 'lapse';
}

/** Everything the engine knows of a practice. Only ids, ordinals, digests, amounts and instants; at most 64 KB. */
export interface PracticeState {
  readonly id: PracticeId;
  readonly tenant: TenantCode;
  /** Opaque id of the person who filed it. */
  readonly applicant: string;
  readonly rules: ProcedureRules;
  readonly status: Status;
  readonly seq: number;
  /** Raised only by people's acts and by changes of state or assignee: the precondition of officers' acts. */
  readonly actVersion: number;
  readonly submission: number;
  readonly confirmedAt?: Instant;
  /** Legal instant of arrival. */
  readonly receivedAt?: Instant;
  readonly payment?: {
    readonly ordinal: number;
    readonly status: 'requested' | 'paid' | 'expired';
    readonly requestedAt: Instant;
  };
  readonly assignee?: string;
  readonly documents: readonly PracticeDocument[];
  readonly rounds: readonly IntegrationRound[];
  readonly decision?: { readonly outcome: Outcome; readonly document: number };
  readonly late: boolean;
  readonly attention: readonly AttentionReason[];
  /** The last ids already processed: an update or signal that comes again is recognised, also after continue-as-new. */
  readonly processed: readonly string[];
}

/** How many processed ids are kept; far more than can be in flight for one practice. */
export const PROCESSED_RING = 200;

/** What a new practice is made of. */
export interface PracticeBirth {
  readonly id: PracticeId;
  readonly tenant: TenantCode;
  readonly applicant: string;
  readonly rules: ProcedureRules;
}

/** The state before the first event. */
export function newborn(birth: PracticeBirth): PracticeState {
  return {
    ...birth,
    status: 'draft',
    seq: 0,
    actVersion: 0,
    submission: 0,
    documents: [],
    rounds: [],
    late: false,
    attention: [],
    processed: [],
  };
}

/** Key under which an id is remembered, from the cause of the event that it led to. */
export function processedKey(cause: string): string | undefined {
  return /^(?:act|signal):(.+)$/.exec(cause)?.[1];
}

/** True when the act or signal with this id has already had its effect. */
export function alreadyProcessed(state: PracticeState, id: string): boolean {
  return state.processed.includes(id);
}

/** Folds an event into the state. Pure: the same events always give the same state, in the workflow and in PostgreSQL. */
export function evolve(state: PracticeState, event: PracticeEvent): PracticeState {
  const changed = change(state, event);
  const key = processedKey(event.cause);
  const acted = event.cause.startsWith('act:') && state.processed.at(-1) !== key;
  const moved = changed.status !== state.status || changed.assignee !== state.assignee;
  return {
    ...changed,
    seq: event.seq,
    actVersion: acted || moved ? state.actVersion + 1 : state.actVersion,
    processed:
      key === undefined || state.processed.includes(key)
        ? state.processed
        : [...state.processed, key].slice(-PROCESSED_RING),
  };
}

function change(state: PracticeState, event: PracticeEvent): PracticeState {
  switch (event.type) {
    case 'draftCreated':
      return state;
    case 'paymentRequested': {
      const payment = { ordinal: event.data.payment, status: 'requested' as const, requestedAt: event.at };
      return { ...state, status: 'awaitingPayment', submission: event.data.submission, confirmedAt: event.at, payment };
    }
    case 'paymentReceived':
      return state.payment ? { ...state, payment: { ...state.payment, status: 'paid' } } : state;
    case 'paymentExpired':
      return {
        ...state,
        status: event.data.to,
        ...(state.payment && { payment: { ...state.payment, status: 'expired' as const } }),
      };
    case 'submitted': {
      const { submission, confirmedAt, receivedAt } = event.data;
      const documents = [...state.documents, { ordinal: state.documents.length + 1, kind: 'request' as const }];
      return { ...state, status: 'submitted', submission, confirmedAt, receivedAt, documents };
    }
    case 'documentReady': {
      const ready = withDocument(state, event.data.document, { sha256: event.data.sha256 });
      if (state.status === 'submitted') return { ...ready, status: 'received' };
      return state.status === 'deciding' ? { ...ready, status: 'registeringOutcome' } : ready;
    }
    case 'registrationStarted':
      return { ...state, status: 'registering' };
    case 'requestRegistered':
      return registered(state, event.data, state.rules.registration === 'onAcceptance' ? 'inCharge' : 'registered');
    case 'chargeTaken':
      return { ...state, status: 'inCharge', assignee: event.data.operator };
    case 'integrationRequested': {
      const { round, document, command } = event.data;
      const documents = [...state.documents, { ordinal: document, kind: 'integrationRequest' as const, command }];
      const rounds = [...state.rounds, { round, requestedAt: event.at }];
      return { ...state, status: 'integrationRequested', documents, rounds };
    }
    case 'integrationRequestRegistered':
      return withRound(registered(state, event.data, 'awaitingIntegration'), event.data.round, { openedAt: event.at });
    case 'integrationAnswered': {
      const { round, document, command } = event.data;
      const documents = [...state.documents, { ordinal: document, kind: 'integrationAnswer' as const, command }];
      const answered = { ...state, status: 'integrationReceived' as const, documents };
      return withRound(answered, round, { closedAt: event.at, closedBy: 'answer' });
    }
    case 'integrationAnswerRegistered':
      return registered(state, event.data, 'inCharge');
    case 'integrationLapsed':
      return withRound({ ...state, status: 'inCharge' }, event.data.round, { closedAt: event.at, closedBy: 'lapse' });
    case 'decided': {
      const { outcome, document, command } = event.data;
      const documents = [...state.documents, { ordinal: document, kind: 'decision' as const, command }];
      return { ...state, status: 'deciding', decision: { outcome, document }, documents };
    }
    case 'outcomeRegistered':
      return registered(state, event.data, event.data.outcome);
    case 'delivered':
      return state;
    case 'termPassed':
      return { ...state, late: true };
    case 'attentionRaised':
      return state.attention.includes(event.data.reason)
        ? state
        : { ...state, attention: [...state.attention, event.data.reason] };
    case 'attentionCleared':
      return { ...state, attention: state.attention.filter((reason) => reason !== event.data.reason) };
  }
}

function registered(state: PracticeState, fact: RegistrationFact, status: Status): PracticeState {
  const { document, register, year, number, date } = fact;
  return { ...withDocument(state, document, { registration: { document, register, year, number, date } }), status };
}

function withDocument(state: PracticeState, ordinal: number, add: Partial<PracticeDocument>): PracticeState {
  return { ...state, documents: state.documents.map((doc) => (doc.ordinal === ordinal ? { ...doc, ...add } : doc)) };
}

function withRound(state: PracticeState, round: number, add: Partial<IntegrationRound>): PracticeState {
  return { ...state, rounds: state.rounds.map((row) => (row.round === round ? { ...row, ...add } : row)) };
}
