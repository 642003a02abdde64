import type { EventType, PracticeEvent } from '../../../src/domain/practice/events';
import type { PracticeState } from '../../../src/domain/practice/state';
import { TRANSITIONS, type Transition, type Trigger } from '../../../src/domain/practice/transitions';

/** The rows of the table that an event may follow; an event without one leaves the practice where it is. */
const TRIGGERS_OF: Readonly<Record<EventType, readonly Trigger[]>> = {
  draftCreated: [],
  draftDeleted: ['deleteDraft'],
  draftExpiryAnnounced: [],
  draftExpired: ['draftExpired'],
  stampsRequested: ['submit', 'documentReady'],
  stampsProvided: [],
  paymentRequested: ['submit', 'provideStamps', 'documentReady'],
  paymentReturned: ['reportPayment'],
  paymentFailed: ['paymentFailed'],
  paymentReceived: [],
  paymentExpired: ['paymentExpired', 'finalPaymentExpired'],
  positionClosed: [],
  submitted: ['submit', 'provideStamps', 'paymentReceived', 'recordCounterPayment'],
  documentReady: ['documentReady'],
  documentFiled: ['registrationDone'],
  documentRegistered: [],
  registrationStarted: ['documentReady'],
  acceptanceAwaited: ['documentReady'],
  accepted: ['accept'],
  requestRegistered: ['registrationDone'],
  chargeTaken: ['takeCharge'],
  assigned: ['assign', 'automaticAssignment'],
  takenOver: [],
  released: [],
  prioritySet: [],
  phaseChanged: [],
  startCommunicated: [],
  integrationRequested: ['requestIntegration'],
  integrationRequestRegistered: ['registrationDone'],
  integrationAnswered: ['answerIntegration', 'acceptMessages'],
  integrationAnswerRegistered: ['registrationDone'],
  integrationCancelled: ['cancelIntegration'],
  integrationLapsed: ['integrationLapsed'],
  rejectionNoticed: ['noticeRejection'],
  observationsSubmitted: ['submitObservations'],
  observationsLapsed: ['observationsLapsed'],
  decided: ['approve', 'approvePartially', 'reject'],
  outcomeReleased: ['provideStamps', 'finalPaymentReceived', 'recordCounterPayment'],
  outcomeRegistered: ['registrationDone'],
  communicationSent: [],
  withdrawn: ['withdraw'],
  archived: ['archive'],
  annulled: ['annul'],
  reopened: ['reopen'],
  delivered: [],
  termPassed: [],
  attentionRaised: [],
  attentionCleared: [],
};

/** The edge that an event followed from one state to another. Throws when the table does not know it. */
export function edgeOf(from: PracticeState, event: PracticeEvent, to: PracticeState): string {
  const rows: readonly Transition[] = TRANSITIONS;
  const known = rows.some(
    ({ on, from: sources, to: targets }) =>
      TRIGGERS_OF[event.type].includes(on) && sources.includes(from.status) && targets.includes(to.status),
  );
  if (!known) throw new Error(`${event.type} led from ${from.status} to ${to.status}, which the table does not say`);
  return `${from.status} → ${to.status}`;
}
