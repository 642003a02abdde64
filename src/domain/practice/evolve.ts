import type { Instant } from '../ids';
import type { EventData, EventType, PracticeEvent, RegistrationFact } from './events';
import type { DocumentKind, IntegrationRound, PracticeDocument, PracticeState } from './model';
import type { Status } from './states';

type Changes = { readonly [K in EventType]: (state: PracticeState, data: EventData[K], at: Instant) => PracticeState };

const same = (state: PracticeState): PracticeState => state;
const to = (state: PracticeState, status: Status): PracticeState => ({ ...state, status });

/** What an event changes, before the counters that every event moves. */
export function change(state: PracticeState, event: PracticeEvent): PracticeState {
  const by = CHANGES[event.type] as (state: PracticeState, data: unknown, at: Instant) => PracticeState;
  return by(state, event.data, event.at);
}

const CHANGES: Changes = {
  draftCreated: (s, _data, at) => ({ ...s, draftedAt: at }),
  draftDeleted: (s) => to(s, 'expired'),
  draftExpiryAnnounced: (s) => ({ ...s, expiryAnnounced: true }),
  draftExpired: (s) => to(s, 'expired'),
  stampsRequested: (s, { stamps, phase, submission, feeCents, assignTo }, at) =>
    phase === 'request'
      ? {
          ...s,
          status: 'awaitingStamps',
          stamps,
          submission: submission ?? s.submission,
          confirmedAt: at,
          ...(feeCents !== undefined && { feeCents }),
          ...(assignTo && { assignTo }),
        }
      : { ...s, status: 'awaitingFinalStamps', stamps },
  stampsProvided: (s) => without(s, 'stamps'),
  paymentRequested: (s, { submission, payment, amountCents, phase, assignTo }, at) => ({
    ...s,
    status: phase === 'release' ? 'awaitingFinalPayment' : 'awaitingPayment',
    submission,
    ...(phase === 'release' ? {} : { confirmedAt: s.status === 'awaitingStamps' ? (s.confirmedAt ?? at) : at }),
    payment: { ordinal: payment, status: 'requested', requestedAt: at, amountCents, ...(phase && { phase }) },
    ...(assignTo && { assignTo }),
  }),
  paymentReturned: (s, _data, at) => withPayment(to(s, 'awaitingOutcome'), { returnedAt: at }),
  paymentFailed: (s) => to(s, 'awaitingPayment'),
  paymentReceived: (s, { receipt, means }) => withPayment(s, { status: 'paid', receipt, ...(means && { means }) }),
  paymentExpired: (s, data, at) =>
    withPayment(data.to === 'draft' ? draftAgain(s, at) : to(s, data.to), { status: 'expired' }),
  positionClosed: (s) => withPayment(s, s.payment?.status === 'paid' ? { closed: true } : { status: 'cancelled' }),
  submitted: (s, { submission, confirmedAt, receivedAt, assignTo }) => ({
    ...withDocumentAdded(without(s, 'feeCents'), 'request'),
    status: 'submitted',
    submission,
    confirmedAt,
    receivedAt,
    ...(assignTo && { assignTo }),
  }),
  documentReady: (s, { document, sha256 }) => {
    const ready = withDocument(s, document, { sha256 });
    if (s.status === 'submitted') return to(ready, 'received');
    // A communication sent just before may be made after the decision was taken: it releases nothing.
    const decided = s.status === 'deciding' && s.decision?.document === document;
    return decided && !s.decision?.stamps && !s.decision?.feeCents ? to(ready, 'registeringOutcome') : ready;
  },
  documentFiled: (s, { document }, at) => completed(s, kindOf(s, document), at),
  documentRegistered: (s, fact, at) => completed(withRegistration(s, fact), kindOf(s, fact.document), at),
  registrationStarted: (s) => (s.status === 'received' ? to(s, 'registering') : s),
  acceptanceAwaited: (s) => (s.status === 'received' ? to(s, 'toAccept') : s),
  accepted: (s, { operator }) => ({ ...s, status: 'registering', accepted: true, assignee: operator }),
  requestRegistered: (s, fact) => completedRequest(withRegistration(s, fact)),
  chargeTaken: (s, { operator }) => ({ ...s, status: 'inCharge', assignee: operator }),
  assigned: (s, { operator, office }) => ({
    ...without(without(s, 'assignTo'), 'assignee'),
    status: s.status === 'registered' || s.status === 'received' ? 'inCharge' : s.status,
    ...(operator && { assignee: operator }),
    ...(office && { office }),
  }),
  takenOver: (s, { operator }) => ({ ...s, assignee: operator }),
  released: (s) => without(s, 'assignee'),
  prioritySet: (s, { priority }) => ({ ...s, priority }),
  phaseChanged: (s, { to: phase }) => ({ ...s, phase }),
  startCommunicated: (s, { command }) => withDocumentAdded(s, 'startNotice', command),
  integrationRequested: (s, { round, command }, at) => ({
    ...withDocumentAdded(s, 'integrationRequest', command),
    status: 'integrationRequested',
    rounds: [...s.rounds, { round, requestedAt: at }],
  }),
  integrationRequestRegistered: (s, fact, at) => completed(withRegistration(s, fact), 'integrationRequest', at),
  integrationAnswered: (s, { round, command }, at) =>
    withRound({ ...withDocumentAdded(s, 'integrationAnswer', command), status: 'integrationReceived' }, round, {
      closedAt: at,
      closedBy: 'answer',
    }),
  integrationAnswerRegistered: (s, fact, at) => completed(withRegistration(s, fact), 'integrationAnswer', at),
  integrationCancelled: (s, { round }, at) => withRound(to(s, 'inCharge'), round, { closedAt: at, closedBy: 'cancel' }),
  integrationLapsed: (s, { round }, at) => withRound(to(s, 'inCharge'), round, { closedAt: at, closedBy: 'lapse' }),
  rejectionNoticed: (s, { document, command }) => ({
    ...withDocumentAdded(s, 'rejectionNotice', command),
    status: 'rejectionNoticed',
    notice: { document },
  }),
  observationsSubmitted: (s, { command }, at) => ({
    ...withDocumentAdded(s, 'observations', command),
    status: 'inCharge',
    ...(s.notice && { notice: { ...s.notice, closedAt: at, closedBy: 'observations' as const } }),
  }),
  observationsLapsed: (s, _data, at) => ({
    ...s,
    status: 'inCharge',
    ...(s.notice && { notice: { ...s.notice, closedAt: at, closedBy: 'lapse' as const } }),
  }),
  decided: (s, { outcome, document, command, stamps, feeCents }) => ({
    ...withDocumentAdded(s, 'decision', command),
    status: 'deciding',
    decision: { outcome, document, ...(stamps && { stamps }), ...(feeCents && { feeCents }) },
  }),
  outcomeReleased: (s) => to(s, 'registeringOutcome'),
  outcomeRegistered: (s, fact, at) => completed(withRegistration(s, fact), 'decision', at),
  communicationSent: (s, { command }) => withDocumentAdded(s, 'communication', command),
  withdrawn: (s, { command }) => to(withDocumentAdded(s, 'withdrawal', command), 'withdrawn'),
  archived: (s, { command }) => to(withDocumentAdded(s, 'archiving', command), 'archived'),
  annulled: (s, { command }) => to(withDocumentAdded(s, 'annulment', command), 'annulled'),
  reopened: (s) => ({ ...to(s, 'inCharge'), reopened: true }),
  delivered: same,
  termPassed: (s) => ({ ...s, late: true }),
  attentionRaised: (s, { reason }) =>
    s.attention.includes(reason) ? s : { ...s, attention: [...s.attention, reason] },
  attentionCleared: (s, { reason }) => ({ ...s, attention: s.attention.filter((row) => row !== reason) }),
};

/** What the last submission said is forgotten, and the draft has its whole time again. */
function draftAgain(state: PracticeState, at: Instant): PracticeState {
  const { feeCents: _fee, assignTo: _to, expiryAnnounced: _told, ...rest } = state;
  return { ...rest, status: 'draft', draftedAt: at };
}

/** A document has all it needs, number included where there is one: what waited for it goes on. Nothing ended moves. */
function completed(state: PracticeState, kind: DocumentKind | undefined, at: Instant): PracticeState {
  const { status } = state;
  switch (kind) {
    case 'integrationRequest':
      return status === 'integrationRequested'
        ? withRound(to(state, 'awaitingIntegration'), state.rounds.length, { openedAt: at })
        : state;
    case 'integrationAnswer':
      return status === 'integrationReceived' ? to(state, 'inCharge') : state;
    case 'rejectionNotice':
      return state.notice ? { ...state, notice: { ...state.notice, openedAt: at } } : state;
    case 'decision':
      return status === 'registeringOutcome' && state.decision ? to(state, state.decision.outcome) : state;
    default:
      return state;
  }
}

function completedRequest(state: PracticeState): PracticeState {
  if (state.status !== 'registering') return state;
  return to(state, state.rules.registration === 'onAcceptance' ? 'inCharge' : 'registered');
}

function kindOf(state: PracticeState, ordinal: number): DocumentKind | undefined {
  return state.documents.find((document) => document.ordinal === ordinal)?.kind;
}

function withRegistration(state: PracticeState, fact: RegistrationFact): PracticeState {
  const { document, register, year, number, date } = fact;
  return withDocument(state, document, { registration: { document, register, year, number, date } });
}

function withDocument(state: PracticeState, ordinal: number, add: Partial<PracticeDocument>): PracticeState {
  return { ...state, documents: state.documents.map((doc) => (doc.ordinal === ordinal ? { ...doc, ...add } : doc)) };
}

function withDocumentAdded(
  state: PracticeState,
  kind: DocumentKind,
  command?: PracticeDocument['command'],
): PracticeState {
  const document = { ordinal: state.documents.length + 1, kind, ...(command && { command }) };
  return { ...state, documents: [...state.documents, document] };
}

function withRound(state: PracticeState, round: number, add: Partial<IntegrationRound>): PracticeState {
  return { ...state, rounds: state.rounds.map((row) => (row.round === round ? { ...row, ...add } : row)) };
}

function withPayment(state: PracticeState, add: Partial<NonNullable<PracticeState['payment']>>): PracticeState {
  return state.payment ? { ...state, payment: { ...state.payment, ...add } } : state;
}

function without<K extends keyof PracticeState>(state: PracticeState, key: K): PracticeState {
  const { [key]: _gone, ...rest } = state;
  return rest as PracticeState;
}
