/** Moments at which a service may say something of its own to the applicant. */
export const TEXT_KEYS = [
  'submitted',
  'registered',
  'awaitingStamps',
  'awaitingPayment',
  'paymentReceived',
  'paymentFailed',
  'paymentExpired',
  'awaitingFinalStamps',
  'awaitingFinalPayment',
  'accepted',
  'inCharge',
  'phaseChanged',
  'startOfProcedure',
  'integrationRequested',
  'integrationReceived',
  'integrationCancelled',
  'integrationLapsed',
  'rejectionNotice',
  'observationsReceived',
  'communication',
  'message',
  'approved',
  'partiallyApproved',
  'rejected',
  'withdrawn',
  'archived',
  'annulled',
  'reopened',
  'draftExpiring',
  'draftExpired',
] as const;

export type TextKey = (typeof TEXT_KEYS)[number];

/** What such a text may name, between double braces: `{{practice.code}}`. */
export const PLACEHOLDERS = [
  'applicant.name',
  'tenant.name',
  'service.name',
  'office.name',
  'practice.code',
  'practice.registration',
  'practice.answerBy',
  'practice.link',
  'payment.amount',
  'stamps.count',
  'integration.answerBy',
  'observations.answerBy',
  'personal.message',
  'phase.label',
  'today',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];
