import type { Act } from './acts';
import type { Command } from './command';
import type { EventDraft, Outcome } from './events';
import type { PracticeState } from './state';

type Decider = (state: PracticeState, command: Command) => EventDraft[];

/** The acts that exist so far. One that is missing here is refused everywhere with `ACT_NOT_AVAILABLE`. */
const DECIDERS: Readonly<Partial<Record<Act, Decider>>> = {
  createDraft: (_state, { receivedAt, actor }) => [{ type: 'draftCreated', at: receivedAt, actor, data: {} }],
  submit: submit,
  takeCharge: (_state, { receivedAt, actor }) => [
    { type: 'chargeTaken', at: receivedAt, actor, data: { operator: actor.id } },
  ],
  requestIntegration: (state, { id, receivedAt, actor }) => [
    {
      type: 'integrationRequested',
      at: receivedAt,
      actor,
      data: { round: state.rounds.length + 1, document: nextDocument(state), command: id },
    },
  ],
  answerIntegration: (state, { id, receivedAt, actor }) => [
    {
      type: 'integrationAnswered',
      at: receivedAt,
      actor,
      data: { round: state.rounds.length, document: nextDocument(state), command: id },
    },
  ],
  approve: decision('approved'),
  reject: decision('rejected'),
  retryRegistration: (state, { receivedAt, actor }) =>
    state.attention
      .filter((reason) => reason === 'registrationRejected' || reason === 'registrationUncertain')
      .map((reason) => ({ type: 'attentionCleared', at: receivedAt, actor, data: { reason } })),
};

/** True when the engine knows how to do this act. */
export function isDecidable(act: Act): boolean {
  return DECIDERS[act] !== undefined;
}

/** The acts the engine knows, in the order of the catalogue. */
export const DECIDABLE_ACTS = Object.keys(DECIDERS) as readonly Act[];

/** What an act makes happen, once the guard has let it through. */
export function decide(state: PracticeState, command: Command): EventDraft[] {
  const decider = DECIDERS[command.act];
  if (!decider) throw new Error(`no decider for ${command.act}: the guard must refuse it first`);
  return decider(state, command);
}

function submit(state: PracticeState, { receivedAt, actor }: Command): EventDraft[] {
  const submission = state.submission + 1;
  const fee = state.rules.payment;
  if (!fee) {
    return [{ type: 'submitted', at: receivedAt, actor, data: { submission, confirmedAt: receivedAt, receivedAt } }];
  }
  const payment = (state.payment?.ordinal ?? 0) + 1;
  const data = { submission, payment, amountCents: fee.amountCents };
  return [{ type: 'paymentRequested', at: receivedAt, actor, data }];
}

function decision(outcome: Outcome): Decider {
  return (state, { id, receivedAt, actor }) => [
    { type: 'decided', at: receivedAt, actor, data: { outcome, document: nextDocument(state), command: id } },
  ];
}

function nextDocument(state: PracticeState): number {
  return state.documents.length + 1;
}
