import type { Act } from './acts';
import type { Command } from './command';
import { nextOrdinal, reachesRegister } from './documents';
import type { EventDraft, Outcome } from './events';
import type { PracticeState } from './state';

type Decider = (state: PracticeState, command: Command) => EventDraft[];

/** What each act makes happen. The guard has let it through, and the facts it needs were put there at intake. */
const DECIDERS: Readonly<Record<Act, Decider>> = {
  createDraft: (_s, { receivedAt: at, actor }) => [{ type: 'draftCreated', at, actor, data: {} }],
  deleteDraft: (_s, { receivedAt: at, actor }) => [{ type: 'draftDeleted', at, actor, data: {} }],
  submit,
  provideStamps: (s, command) => {
    const { receivedAt: at, actor, id } = command;
    const phase = s.status === 'awaitingFinalStamps' ? 'release' : 'request';
    const provided: EventDraft = { type: 'stampsProvided', at, actor, data: { phase, command: id } };
    if (phase === 'request') return [provided, ...afterStamps(s, command, s.submission, s.feeCents ?? 0)];
    const feeCents = s.decision?.feeCents ?? 0;
    return [provided, ...(feeCents > 0 ? [finalPayment(s, at, feeCents)] : released(s, at))];
  },
  reportPayment: (s, { receivedAt: at, actor }) =>
    s.payment ? [{ type: 'paymentReturned', at, actor, data: { payment: s.payment.ordinal } }] : [],
  retryPayment: (_s, { receivedAt: at, actor }) => [
    { type: 'attentionCleared', at, actor, data: { reason: 'positionRefused' } },
  ],
  recordCounterPayment: (s, { receivedAt: at, actor, id }) => {
    if (!s.payment) return [];
    const data = { payment: s.payment.ordinal, receipt: `counter:${id}`, paidAt: at, means: 'counter' as const };
    const paid: EventDraft = { type: 'paymentReceived', at, actor, data };
    return [paid, ...(s.status === 'awaitingFinalPayment' ? released(s, at) : [arrival(s, at, at)])];
  },
  accept: (_s, { receivedAt: at, actor, id, facts }) => [
    { type: 'accepted', at, actor, data: { operator: facts?.assignTo?.operator ?? actor.id, command: id } },
  ],
  takeCharge: (_s, { receivedAt: at, actor }) => [{ type: 'chargeTaken', at, actor, data: { operator: actor.id } }],
  takeOver: (s, { receivedAt: at, actor }) => [
    { type: 'takenOver', at, actor, data: { operator: actor.id, from: s.assignee ?? '' } },
  ],
  assign: (_s, { receivedAt: at, actor, facts }) => [{ type: 'assigned', at, actor, data: facts?.assignTo ?? {} }],
  release: (_s, { receivedAt: at, actor }) => [{ type: 'released', at, actor, data: { from: actor.id } }],
  setPriority: (_s, { receivedAt: at, actor, facts }) => [
    { type: 'prioritySet', at, actor, data: { priority: facts?.priority ?? 'medium' } },
  ],
  changePhase: (_s, { receivedAt: at, actor, facts, id }) => [
    { type: 'phaseChanged', at, actor, data: { to: facts?.phase ?? '', command: id } },
  ],
  communicateStart: documentAct('startCommunicated'),
  requestIntegration: (s, { id, receivedAt: at, actor }) => [
    {
      type: 'integrationRequested',
      at,
      actor,
      data: { round: s.rounds.length + 1, document: nextOrdinal(s), command: id },
    },
  ],
  answerIntegration: integrationAnswer(),
  acceptMessages: integrationAnswer('messages'),
  cancelIntegration: (s, { receivedAt: at, actor }) => [
    { type: 'integrationCancelled', at, actor, data: { round: s.rounds.length } },
  ],
  noticeRejection: documentAct('rejectionNoticed'),
  submitObservations: documentAct('observationsSubmitted'),
  approve: decision('approved'),
  approvePartially: decision('partiallyApproved'),
  reject: decision('rejected'),
  communicate: (s, { id, receivedAt: at, actor, facts }) => [
    {
      type: 'communicationSent',
      at,
      actor,
      data: { document: nextOrdinal(s), command: id, to: facts?.to ?? 'applicant' },
    },
  ],
  withdraw: documentAct('withdrawn'),
  archive: documentAct('archived'),
  annul: documentAct('annulled'),
  reopen: (_s, { receivedAt: at, actor, id }) => [{ type: 'reopened', at, actor, data: { command: id } }],
  retryRegistration: (s, { receivedAt: at, actor }) =>
    s.attention
      .filter((reason) => reason === 'registrationRejected' || reason === 'registrationUncertain')
      .map((reason) => ({ type: 'attentionCleared', at, actor, data: { reason } })),
};

/** What an act makes happen, once the guard has let it through. */
export function decide(state: PracticeState, command: Command): EventDraft[] {
  return DECIDERS[command.act](state, command);
}

function submit(state: PracticeState, command: Command): EventDraft[] {
  const { receivedAt: at, actor, facts } = command;
  const submission = state.submission + 1;
  const feeCents = facts?.feeCents ?? state.rules.payment?.amountCents ?? 0;
  const stamps = facts?.stamps ?? 0;
  const assignTo = facts?.assignTo;
  if (stamps === 0) return afterStamps(state, command, submission, feeCents);
  const data = {
    stamps,
    phase: 'request' as const,
    submission,
    ...(feeCents > 0 && { feeCents }),
    ...(assignTo && { assignTo }),
  };
  return [{ type: 'stampsRequested', at, actor, data }];
}

/** Payment if there is one, otherwise the application has arrived. */
function afterStamps(state: PracticeState, command: Command, submission: number, amountCents: number): EventDraft[] {
  const { receivedAt: at, actor, facts } = command;
  const assignTo = facts?.assignTo ?? state.assignTo;
  if (amountCents === 0) {
    const data = { submission, confirmedAt: state.stamps ? (state.confirmedAt ?? at) : at, receivedAt: at };
    return [{ type: 'submitted', at, actor, data: { ...data, ...(assignTo && { assignTo }) } }];
  }
  const data = { submission, payment: nextPayment(state), amountCents, ...(assignTo && { assignTo }) };
  return [{ type: 'paymentRequested', at, actor, data }];
}

/** Where a service asks for payment the application has arrived when it is paid. */
export function arrival(state: PracticeState, at: EventDraft['at'], paidAt: EventDraft['at']): EventDraft {
  const { submission, confirmedAt = at, assignTo } = state;
  return {
    type: 'submitted',
    at,
    data: { submission, confirmedAt, receivedAt: paidAt, ...(assignTo && { assignTo }) },
  };
}

/** A positive decision asks for money before it is registered. */
export function finalPayment(state: PracticeState, at: EventDraft['at'], amountCents: number): EventDraft {
  const data = { submission: state.submission, payment: nextPayment(state), amountCents, phase: 'release' as const };
  return { type: 'paymentRequested', at, data };
}

/** Nothing is missing any more: the decision goes to the register, or is complete where nothing is registered. */
export function released(state: PracticeState, at: EventDraft['at']): EventDraft[] {
  return [{ type: 'outcomeReleased', at, data: {} }, ...filed(state, at, state.decision?.document ?? 0)];
}

/** Without a register a document is complete as soon as it exists. */
export function filed(state: PracticeState, at: EventDraft['at'], document: number): EventDraft[] {
  return reachesRegister(state) ? [] : [{ type: 'documentFiled', at, data: { document } }];
}

function nextPayment(state: PracticeState): number {
  return (state.payment?.ordinal ?? 0) + 1;
}

function documentAct(
  type: 'startCommunicated' | 'rejectionNoticed' | 'observationsSubmitted' | 'withdrawn' | 'archived' | 'annulled',
): Decider {
  return (state, { id, receivedAt: at, actor }) => [
    { type, at, actor, data: { document: nextOrdinal(state), command: id } },
  ];
}

function integrationAnswer(by?: 'messages'): Decider {
  return (state, { id, receivedAt: at, actor }) => [
    {
      type: 'integrationAnswered',
      at,
      actor,
      data: { round: state.rounds.length, document: nextOrdinal(state), command: id, ...(by && { by }) },
    },
  ];
}

function decision(outcome: Outcome): Decider {
  return (state, { id, receivedAt: at, actor, facts }) => {
    const { stamps, feeCents, noticeWaived } = facts ?? {};
    const data = {
      outcome,
      document: nextOrdinal(state),
      command: id,
      ...(stamps && { stamps }),
      ...(feeCents && { feeCents }),
      ...(noticeWaived && { noticeWaived }),
    };
    return [{ type: 'decided', at, actor, data }];
  };
}
