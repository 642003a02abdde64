import type { DocumentKind } from '../../domain/practice/documents';
import type { PracticeEvent } from '../../domain/practice/events';
import type { PracticeState } from '../../domain/practice/state';
import { isTold } from '../../domain/practice/told';
import type { WordingKey } from './wording';

/** What is said when a document without an event of its own is complete. */
const BY_KIND: Readonly<Partial<Record<DocumentKind, WordingKey>>> = {
  startNotice: 'startOfProcedure',
  integrationRequest: 'integrationRequested',
  integrationAnswer: 'integrationReceived',
  rejectionNotice: 'rejectionNotice',
  observations: 'observationsReceived',
  communication: 'communication',
  withdrawal: 'withdrawn',
  archiving: 'archived',
  annulment: 'annulled',
};

/**
 * Which text follows an event; undefined when there is nothing to say. `state` is that after the event. A communication
 * to another office is `communication` here: to whom it goes is written in the act.
 */
export function textKeyOf(event: PracticeEvent, state: PracticeState): WordingKey | undefined {
  if (!isTold(event, state)) return undefined;
  switch (event.type) {
    case 'draftExpiryAnnounced':
      return 'draftExpiring';
    case 'stampsRequested':
      return event.data.phase === 'release' ? 'awaitingFinalStamps' : 'awaitingStamps';
    case 'paymentRequested':
      return event.data.phase === 'release' ? 'awaitingFinalPayment' : 'awaitingPayment';
    case 'paymentExpired':
      // The reminder with the new position follows at once and says it.
      return event.data.to === 'awaitingFinalPayment' ? undefined : 'paymentExpired';
    case 'documentReady':
      return 'submitted';
    case 'requestRegistered':
      return state.rules.registration === 'onAcceptance' ? 'accepted' : 'registered';
    case 'chargeTaken':
    case 'assigned':
    case 'takenOver':
      return 'inCharge';
    case 'integrationRequestRegistered':
      return 'integrationRequested';
    case 'integrationAnswerRegistered':
      return 'integrationReceived';
    case 'outcomeRegistered':
      return outcomeOf(state);
    case 'documentRegistered':
    case 'documentFiled': {
      const kind = state.documents.find((document) => document.ordinal === event.data.document)?.kind;
      return kind === 'decision' ? outcomeOf(state) : kind && BY_KIND[kind];
    }
    case 'draftExpired':
    case 'paymentFailed':
    case 'paymentReceived':
    case 'phaseChanged':
    case 'integrationCancelled':
    case 'integrationLapsed':
    case 'reopened':
      return event.type;
    default:
      return undefined;
  }
}

/** A decision annulled while its number was on the way is no outcome any more. */
function outcomeOf({ status }: PracticeState): 'approved' | 'partiallyApproved' | 'rejected' | undefined {
  return status === 'approved' || status === 'partiallyApproved' || status === 'rejected' ? status : undefined;
}
