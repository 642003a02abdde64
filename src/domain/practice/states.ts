/** Every state a practice can be in, whatever its service. The order is that of a usual life. */
export const STATUSES = [
  'draft',
  'awaitingStamps',
  'awaitingPayment',
  'awaitingOutcome',
  'submitted',
  'received',
  'toAccept',
  'registering',
  'registered',
  'inCharge',
  'integrationRequested',
  'awaitingIntegration',
  'integrationReceived',
  'rejectionNoticed',
  'deciding',
  'awaitingFinalStamps',
  'awaitingFinalPayment',
  'registeringOutcome',
  'approved',
  'partiallyApproved',
  'rejected',
  'withdrawn',
  'archived',
  'annulled',
  'expired',
] as const;

export type Status = (typeof STATUSES)[number];

/** States in which nothing is left to do by itself; reopening and annulment may still leave some of them. */
export const FINAL_STATUSES = [
  'approved',
  'partiallyApproved',
  'rejected',
  'withdrawn',
  'archived',
  'annulled',
  'expired',
] as const satisfies readonly Status[];

export type FinalStatus = (typeof FINAL_STATUSES)[number];

const finals: ReadonlySet<Status> = new Set(FINAL_STATUSES);

/** True when the practice has ended. */
export function isFinal(status: Status): status is FinalStatus {
  return finals.has(status);
}

/**
 * Italian labels as citizens and officers read them. `deciding` and `registeringOutcome` share the neutral label:
 * the outcome is not revealed before its document is registered.
 */
export const STATUS_LABELS: Readonly<Record<Status, string>> = {
  draft: 'Bozza',
  awaitingStamps: 'In attesa di pagamento bolli',
  awaitingPayment: 'In attesa di pagamento',
  awaitingOutcome: "In attesa dell'esito del pagamento",
  submitted: 'Inviata',
  received: 'Acquisita',
  toAccept: 'Da accettare',
  registering: 'In attesa di protocollazione',
  registered: 'Protocollata',
  inCharge: 'In carico',
  integrationRequested: 'Richiesta di integrazioni in preparazione',
  awaitingIntegration: 'In attesa di integrazioni',
  integrationReceived: 'Integrazioni ricevute',
  rejectionNoticed: 'Preavviso di rigetto',
  deciding: 'Elaborata',
  awaitingFinalStamps: 'In attesa di pagamento bolli',
  awaitingFinalPayment: 'In attesa di pagamento',
  registeringOutcome: 'Elaborata',
  approved: 'Accettata',
  partiallyApproved: 'Parzialmente approvata',
  rejected: 'Rifiutata',
  withdrawn: 'Ritirata',
  archived: 'Archiviata',
  annulled: 'Annullata',
  expired: 'Scaduta',
};

/** Few values for the engine's own index: it is for administrators, lists come from PostgreSQL. */
export type CoarseStatus = 'draft' | 'submitted' | 'inCharge' | 'integration' | FinalStatus;

/** Status as written in the `PracticeStatus` search attribute. */
export function coarseStatus(status: Status): CoarseStatus {
  if (isFinal(status)) return status;
  switch (status) {
    case 'draft':
    case 'awaitingStamps':
    case 'awaitingPayment':
    case 'awaitingOutcome':
      return 'draft';
    case 'submitted':
    case 'received':
    case 'toAccept':
    case 'registering':
    case 'registered':
      return 'submitted';
    case 'integrationRequested':
    case 'awaitingIntegration':
    case 'integrationReceived':
      return 'integration';
    default:
      return 'inCharge';
  }
}
