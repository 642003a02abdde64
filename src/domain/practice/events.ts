import type { CommandId, Instant, LegalDate, Sha256 } from '../ids';
import type { Actor } from './acts';

/** A number issued by the register, as events carry it. */
export interface RegistrationFact {
  /** Ordinal of the document inside the practice, from 1. */
  readonly document: number;
  readonly register: string;
  readonly year: number;
  readonly number: string;
  readonly date: LegalDate;
}

/** Why a practice needs a person. The practice keeps its state; the flag and an operator task say what to do. */
export type AttentionReason =
  | 'registrationUncertain'
  | 'registrationRejected'
  | 'paymentUnmatched'
  | 'positionRefused'
  | 'deliveryFailed'
  | 'termPassed';

export type Priority = 'high' | 'medium' | 'low';

/** When something is paid: with the application, or before a positive decision is registered. */
export type PaymentPhase = 'request' | 'release';

/** To whom a practice goes: a person, an office, or a person of an office. */
export interface Assignment {
  readonly operator?: string;
  readonly office?: string;
}

/** A document made because of an act; its text is found through `command`. */
interface DocumentAct {
  readonly document: number;
  readonly command: CommandId;
}

/** What an event says, by type. Only ids, ordinals, digests, amounts and dates: texts and personal data stay in PostgreSQL. */
export interface EventData {
  draftCreated: Record<never, never>;
  draftDeleted: Record<never, never>;
  draftExpiryAnnounced: { expiresAt: Instant };
  draftExpired: { expiresAt: Instant };
  /** `submission` counts the times the applicant confirmed this practice, from 1; absent after the decision. */
  stampsRequested: {
    stamps: number;
    phase: PaymentPhase;
    submission?: number;
    feeCents?: number;
    assignTo?: Assignment;
  };
  stampsProvided: { phase: PaymentPhase; command: CommandId };
  paymentRequested: {
    submission: number;
    payment: number;
    amountCents: number;
    phase?: 'release';
    assignTo?: Assignment;
  };
  /** The applicant came back from the gateway: whether the money was taken is asked, not believed. */
  paymentReturned: { payment: number };
  /** The gateway was asked and took no money: it may be tried again. */
  paymentFailed: { payment: number };
  paymentReceived: { payment: number; receipt: string; paidAt: Instant; means?: 'counter' };
  /** Nobody paid in time; what follows is a rule of the service. */
  paymentExpired: { payment: number; to: 'expired' | 'draft' | 'annulled' | 'awaitingFinalPayment' };
  /** The position can no longer be paid at the gateway. */
  positionClosed: { payment: number };
  /** `receivedAt` is the legal instant of arrival: confirmation, or payment where the service says so. */
  submitted: { submission: number; confirmedAt: Instant; receivedAt: Instant; assignTo?: Assignment };
  /** The PDF of a document exists. For the request this is the moment the practice is `received`. */
  documentReady: { document: number; sha256: Sha256 };
  /** The document is complete without a number, because the service registers nothing. */
  documentFiled: { document: number };
  /** Documents without an event of their own: start, notice, observations, communications, endings. */
  documentRegistered: RegistrationFact;
  registrationStarted: { document: number };
  acceptanceAwaited: Record<never, never>;
  /** The planning desk took the request: practice code, registration and case officer follow from this one act. */
  accepted: { operator: string; command: CommandId };
  requestRegistered: RegistrationFact;
  chargeTaken: { operator: string };
  assigned: Assignment & { automatic?: true };
  takenOver: { operator: string; from: string };
  released: { from: string };
  prioritySet: { priority: Priority };
  phaseChanged: { to: string; command: CommandId };
  startCommunicated: DocumentAct;
  integrationRequested: DocumentAct & { round: number };
  integrationRequestRegistered: RegistrationFact & { round: number };
  /** `messages`: the operator took messages of the applicant as the answer. */
  integrationAnswered: DocumentAct & { round: number; by?: 'messages' };
  integrationAnswerRegistered: RegistrationFact & { round: number };
  integrationCancelled: { round: number };
  integrationLapsed: { round: number };
  rejectionNoticed: DocumentAct;
  observationsSubmitted: DocumentAct;
  observationsLapsed: Record<never, never>;
  decided: DocumentAct & { outcome: Outcome; stamps?: number; feeCents?: number; noticeWaived?: string };
  /** Stamps and money have come: the decision goes to the register. */
  outcomeReleased: Record<never, never>;
  outcomeRegistered: RegistrationFact & { outcome: Outcome };
  communicationSent: DocumentAct & { to: 'applicant' | 'office' };
  withdrawn: DocumentAct;
  archived: DocumentAct;
  annulled: DocumentAct;
  reopened: { command: CommandId };
  /** Evidence that an act with legal effect reached the applicant: deposit in the area plus a mail taken by the server. */
  delivered: { document: number; evidence: 'mail' | 'area'; deliveredAt: Instant };
  termPassed: { expiresAt: Instant };
  attentionRaised: { reason: AttentionReason; document?: number; payment?: number; receipt?: string };
  attentionCleared: { reason: AttentionReason };
}

export type Outcome = 'approved' | 'partiallyApproved' | 'rejected';
export type EventType = keyof EventData;

/**
 * A fact in the life of a practice. `seq` is gapless from 1. `cause` is what made it happen (`act:<command id>`,
 * `signal:<id>`, `timer:<kind>@<instant>`, `step:<what>`): the same seq with another cause is a divergence.
 */
export type PracticeEvent<T extends EventType = EventType> = {
  [K in T]: {
    readonly seq: number;
    readonly type: K;
    readonly at: Instant;
    readonly cause: string;
    readonly actor?: Actor;
    readonly data: Readonly<EventData[K]>;
  };
}[T];

/** An event before it has its place in the sequence. */
export type EventDraft<T extends EventType = EventType> = {
  [K in T]: Omit<PracticeEvent<K>, 'seq' | 'cause'>;
}[T];
