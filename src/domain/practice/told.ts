import type { DocumentKind } from './documents';
import type { EventType, PracticeEvent } from './events';
import type { PracticeState } from './state';

/** Events that the applicant is told about, whatever document they concern. */
const TOLD: ReadonlySet<EventType> = new Set<EventType>([
  'draftExpiryAnnounced',
  'draftExpired',
  'stampsRequested',
  'paymentRequested',
  'paymentFailed',
  'paymentExpired',
  'requestRegistered',
  'chargeTaken',
  'assigned',
  'takenOver',
  'phaseChanged',
  'integrationRequestRegistered',
  'integrationAnswerRegistered',
  'integrationCancelled',
  'integrationLapsed',
  'outcomeRegistered',
  'reopened',
]);

/** Documents that are news to the applicant once they are complete. */
const NEWS: ReadonlySet<DocumentKind> = new Set([
  'startNotice',
  'integrationRequest',
  'integrationAnswer',
  'rejectionNotice',
  'observations',
  'decision',
  'communication',
  'withdrawal',
  'archiving',
  'annulment',
]);

/**
 * True when the applicant is told of an event. A document that only leads to the next step is no news; the receipt of
 * the application is, and so is every document when it is complete. `state` is that after the event.
 */
export function isTold(event: PracticeEvent, state: PracticeState): boolean {
  switch (event.type) {
    case 'documentReady':
      return kindOf(state, event.data.document) === 'request';
    case 'documentRegistered':
    case 'documentFiled': {
      const kind = kindOf(state, event.data.document);
      return kind !== undefined && NEWS.has(kind);
    }
    case 'paymentReceived':
      // At the beginning the receipt of the application tells it as well.
      return state.payment?.phase === 'release';
    case 'assigned':
      // An office alone is no person who answers.
      return event.data.operator !== undefined;
    default:
      return TOLD.has(event.type);
  }
}

/** Events with legal effect: their document must provably reach the applicant. Gives the document. */
export function needsEvidence(event: PracticeEvent, state: PracticeState): number | undefined {
  switch (event.type) {
    case 'integrationRequestRegistered':
    case 'outcomeRegistered':
      return event.data.document;
    case 'documentRegistered':
    case 'documentFiled': {
      const kind = kindOf(state, event.data.document);
      const legal: readonly (DocumentKind | undefined)[] = ['rejectionNotice', 'integrationRequest', 'decision'];
      return legal.includes(kind) ? event.data.document : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * Events of which the applicant is merely told: no term runs from it, so nothing waits for the evidence and the mail
 * leaves through the queue. Gives their sequence numbers. `state` is that after the events.
 */
export function merelyTold(events: readonly PracticeEvent[], state: PracticeState): number[] {
  return events
    .filter((event) => isTold(event, state) && needsEvidence(event, state) === undefined)
    .map((event) => event.seq);
}

function kindOf(state: PracticeState, ordinal: number): DocumentKind | undefined {
  return state.documents.find((document) => document.ordinal === ordinal)?.kind;
}
