import type { Act } from './acts';
import { FINAL_STATUSES, STATUSES, type Status } from './states';

/** What makes a practice move besides people's acts. */
export const TRIGGERS = [
  'draftExpired',
  'paymentReceived',
  'paymentFailed',
  'paymentExpired',
  'finalPaymentReceived',
  'finalPaymentExpired',
  'integrationLapsed',
  'observationsLapsed',
  'termExpired',
  'documentReady',
  'registrationDone',
  'automaticAssignment',
] as const;

export type Trigger = Act | (typeof TRIGGERS)[number];

/**
 * What a trigger may do in some states: lead from any of `from` to any of `to`, or leave the practice where it is. `by`
 * tells who moves it: a person, an outside system, the clock, or the engine itself.
 */
export interface Transition {
  readonly on: Trigger;
  readonly by: 'person' | 'outside' | 'time' | 'system';
  readonly from: readonly Status[];
  readonly to: readonly Status[];
}

const before: readonly Status[] = ['draft', 'awaitingStamps', 'awaitingPayment', 'awaitingOutcome'];
const open = STATUSES.filter((status) => !(FINAL_STATUSES as readonly Status[]).includes(status));
const afterSubmission = open.filter((status) => !before.includes(status));
/** An operator may hold the practice here. */
const held: readonly Status[] = [
  'registering',
  'inCharge',
  'integrationRequested',
  'awaitingIntegration',
  'integrationReceived',
  'rejectionNoticed',
  'deciding',
  'awaitingFinalStamps',
  'awaitingFinalPayment',
  'registeringOutcome',
];
const paying: readonly Status[] = ['awaitingPayment', 'awaitingOutcome', 'awaitingFinalPayment'];
const outcomes: readonly Status[] = ['approved', 'partiallyApproved', 'rejected'];

/**
 * The whole life of a practice as data: guard, API links, screens and property tests read this one table. A service
 * uses the part of it that its definition allows. A trigger without a row in some state is refused there; one whose
 * row has no `to` leaves the practice where it is.
 */
export const TRANSITIONS = [
  { on: 'deleteDraft', by: 'person', from: ['draft', 'awaitingStamps', 'awaitingPayment'], to: ['expired'] },
  { on: 'draftExpired', by: 'time', from: ['draft'], to: ['expired'] },
  { on: 'submit', by: 'person', from: ['draft'], to: ['awaitingStamps', 'awaitingPayment', 'submitted'] },
  { on: 'provideStamps', by: 'person', from: ['awaitingStamps'], to: ['awaitingPayment', 'submitted'] },
  { on: 'reportPayment', by: 'person', from: ['awaitingPayment'], to: ['awaitingOutcome'] },
  { on: 'retryPayment', by: 'person', from: paying, to: [] },
  { on: 'paymentFailed', by: 'outside', from: ['awaitingOutcome'], to: ['awaitingPayment'] },
  { on: 'paymentReceived', by: 'outside', from: ['awaitingPayment', 'awaitingOutcome'], to: ['submitted'] },
  {
    on: 'recordCounterPayment',
    by: 'person',
    from: ['awaitingPayment', 'awaitingOutcome'],
    to: ['submitted'],
  },
  { on: 'paymentExpired', by: 'time', from: ['awaitingPayment', 'awaitingOutcome'], to: ['expired', 'draft'] },
  { on: 'documentReady', by: 'system', from: ['submitted'], to: ['received'] },
  { on: 'documentReady', by: 'system', from: ['received'], to: ['registering', 'toAccept'] },
  { on: 'accept', by: 'person', from: ['toAccept'], to: ['registering'] },
  { on: 'registrationDone', by: 'system', from: ['registering'], to: ['registered', 'inCharge'] },
  { on: 'automaticAssignment', by: 'system', from: ['registered', 'received'], to: ['inCharge'] },
  { on: 'takeCharge', by: 'person', from: ['registered', 'received', 'inCharge'], to: ['inCharge'] },
  { on: 'assign', by: 'person', from: ['registered', 'received'], to: ['inCharge'] },
  { on: 'assign', by: 'person', from: held, to: [] },
  { on: 'takeOver', by: 'person', from: held, to: [] },
  { on: 'release', by: 'person', from: ['inCharge'], to: [] },
  { on: 'setPriority', by: 'person', from: afterSubmission, to: [] },
  { on: 'changePhase', by: 'person', from: ['inCharge'], to: [] },
  { on: 'communicateStart', by: 'person', from: ['inCharge'], to: [] },
  { on: 'communicate', by: 'person', from: ['inCharge', 'awaitingIntegration', 'rejectionNoticed'], to: [] },
  { on: 'requestIntegration', by: 'person', from: ['inCharge'], to: ['integrationRequested'] },
  {
    on: 'registrationDone',
    by: 'system',
    from: ['integrationRequested'],
    to: ['awaitingIntegration'],
  },
  { on: 'answerIntegration', by: 'person', from: ['awaitingIntegration'], to: ['integrationReceived'] },
  { on: 'acceptMessages', by: 'person', from: ['awaitingIntegration'], to: ['integrationReceived'] },
  { on: 'cancelIntegration', by: 'person', from: ['awaitingIntegration'], to: ['inCharge'] },
  { on: 'integrationLapsed', by: 'time', from: ['awaitingIntegration'], to: ['inCharge'] },
  { on: 'registrationDone', by: 'system', from: ['integrationReceived'], to: ['inCharge'] },
  { on: 'noticeRejection', by: 'person', from: ['inCharge'], to: ['rejectionNoticed'] },
  { on: 'submitObservations', by: 'person', from: ['rejectionNoticed'], to: ['inCharge'] },
  { on: 'observationsLapsed', by: 'time', from: ['rejectionNoticed'], to: ['inCharge'] },
  { on: 'approve', by: 'person', from: ['inCharge'], to: ['deciding'] },
  { on: 'approvePartially', by: 'person', from: ['inCharge'], to: ['deciding'] },
  { on: 'reject', by: 'person', from: ['inCharge'], to: ['deciding'] },
  {
    on: 'documentReady',
    by: 'system',
    from: ['deciding'],
    to: ['registeringOutcome', 'awaitingFinalStamps', 'awaitingFinalPayment'],
  },
  {
    on: 'provideStamps',
    by: 'person',
    from: ['awaitingFinalStamps'],
    to: ['awaitingFinalPayment', 'registeringOutcome'],
  },
  { on: 'finalPaymentReceived', by: 'outside', from: ['awaitingFinalPayment'], to: ['registeringOutcome'] },
  { on: 'recordCounterPayment', by: 'person', from: ['awaitingFinalPayment'], to: ['registeringOutcome'] },
  { on: 'finalPaymentExpired', by: 'time', from: ['awaitingFinalPayment'], to: ['annulled'] },
  { on: 'registrationDone', by: 'system', from: ['registeringOutcome'], to: outcomes },
  { on: 'termExpired', by: 'time', from: afterSubmission, to: [] },
  {
    on: 'withdraw',
    by: 'person',
    from: [
      'submitted',
      'received',
      'toAccept',
      'registering',
      'registered',
      'inCharge',
      'awaitingIntegration',
      'rejectionNoticed',
    ],
    to: ['withdrawn'],
  },
  { on: 'archive', by: 'person', from: ['inCharge'], to: ['archived'] },
  { on: 'annul', by: 'person', from: [...afterSubmission, 'approved', 'partiallyApproved'], to: ['annulled'] },
  { on: 'reopen', by: 'person', from: ['approved', 'partiallyApproved', 'rejected', 'withdrawn'], to: ['inCharge'] },
  { on: 'retryRegistration', by: 'person', from: [...afterSubmission, ...FINAL_STATUSES], to: [] },
] as const satisfies readonly Transition[];

/** The states in which a trigger means something. */
export function statusesFor(trigger: Trigger): readonly Status[] {
  return [...new Set(TRANSITIONS.filter((row) => row.on === trigger).flatMap((row) => row.from as readonly Status[]))];
}

/** True when some row leads from one state to the other. Staying where one is needs no row. */
export function isEdge(from: Status, to: Status): boolean {
  return TRANSITIONS.some(
    (row) => (row.from as readonly Status[]).includes(from) && (row.to as readonly Status[]).includes(to),
  );
}
