import { asId, type Instant, type LegalDate, type Sha256 } from '../../../src/domain/ids';
import { filed, finalPayment } from '../../../src/domain/practice/decide';
import { documentWork, type PracticeDocument } from '../../../src/domain/practice/documents';
import type { EventDraft } from '../../../src/domain/practice/events';
import { isWaiting } from '../../../src/domain/practice/happenings';
import type { PracticeState } from '../../../src/domain/practice/state';

/** What the engine does next by itself: cause and events, as the workflow's steps give them when all goes well. */
export interface Work {
  readonly cause: string;
  readonly events: readonly EventDraft[];
}

export function workOf(state: PracticeState, at: Instant): Work | undefined {
  const { payment } = state;
  const unwanted = payment?.status === 'requested' || (payment?.means === 'counter' && !payment.closed);
  if (payment && unwanted && !isWaiting(state)) {
    const data = { payment: payment.ordinal };
    return { cause: `step:closed/${payment.ordinal}`, events: [{ type: 'positionClosed', at, data }] };
  }
  const work = documentWork(state);
  if (!work) return undefined;
  const { document } = work;
  if (work.kind === 'register') {
    return { cause: `step:registered/${document.ordinal}`, events: registered(state, document, at) };
  }
  const data = { document: document.ordinal, sha256: asId<Sha256>('0'.repeat(64)) };
  const events: EventDraft[] = [{ type: 'documentReady', at, data }, ...whatFollows(state, document, at)];
  return { cause: `step:ready/${document.ordinal}`, events };
}

function whatFollows(state: PracticeState, { ordinal, kind }: PracticeDocument, at: Instant): EventDraft[] {
  if (kind === 'request') return afterRequest(state, at);
  if (kind !== 'decision') return filed(state, at, ordinal);
  if (state.status !== 'deciding') return [];
  const { stamps, feeCents } = state.decision ?? {};
  if (stamps) return [{ type: 'stampsRequested', at, data: { stamps, phase: 'release' } }];
  return feeCents ? [finalPayment(state, at, feeCents)] : filed(state, at, ordinal);
}

function afterRequest(state: PracticeState, at: Instant): EventDraft[] {
  switch (state.rules.registration) {
    case 'onSubmission':
      return [{ type: 'registrationStarted', at, data: { document: 1 } }];
    case 'onAcceptance':
      return [{ type: 'acceptanceAwaited', at, data: {} }];
    case 'none':
      return state.status === 'submitted' ? assignment(state, at) : [];
  }
}

function assignment({ rules, assignTo }: PracticeState, at: Instant): EventDraft[] {
  if (!assignTo || rules.workflow !== 'approval' || rules.registration === 'onAcceptance') return [];
  return [{ type: 'assigned', at, data: { ...assignTo, automatic: true } }];
}

/** The number of a document: what it moves depends on the kind of the document. */
export function registered(state: PracticeState, { ordinal, kind }: PracticeDocument, at: Instant): EventDraft[] {
  const number = String(ordinal).padStart(7, '0');
  const date = asId<LegalDate>(at.slice(0, 10));
  const fact = { document: ordinal, register: 'main', year: 2026, number, date };
  const round = state.rounds.length;
  switch (kind) {
    case 'request': {
      const next = state.status === 'registering' ? assignment(state, at) : [];
      return [{ type: 'requestRegistered', at, data: fact }, ...next];
    }
    case 'integrationRequest':
      return [{ type: 'integrationRequestRegistered', at, data: { ...fact, round } }];
    case 'integrationAnswer':
      return [{ type: 'integrationAnswerRegistered', at, data: { ...fact, round } }];
    case 'decision':
      return [{ type: 'outcomeRegistered', at, data: { ...fact, outcome: state.decision?.outcome ?? 'rejected' } }];
    default:
      return [{ type: 'documentRegistered', at, data: fact }];
  }
}
