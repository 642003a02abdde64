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

/** What an event says, by type. Only ids, ordinals, digests, amounts and dates: texts and personal data stay in PostgreSQL. */
export interface EventData {
  draftCreated: Record<never, never>;
  /** `submission` counts the times the applicant confirmed this practice, from 1. */
  paymentRequested: { submission: number; payment: number; amountCents: number };
  paymentReceived: { payment: number; receipt: string; paidAt: Instant };
  /** Nobody paid in time: the practice ends or goes back to draft, by rule of the service. */
  paymentExpired: { payment: number; to: 'expired' | 'draft' };
  /** `receivedAt` is the legal instant of arrival: confirmation, or payment where the service says so. */
  submitted: { submission: number; confirmedAt: Instant; receivedAt: Instant };
  /** The PDF of a document exists. For the request this is the moment the practice is `received`. */
  documentReady: { document: number; sha256: Sha256 };
  registrationStarted: { document: number };
  requestRegistered: RegistrationFact;
  chargeTaken: { operator: string };
  integrationRequested: { round: number; document: number; command: CommandId };
  integrationRequestRegistered: RegistrationFact & { round: number };
  integrationAnswered: { round: number; document: number; command: CommandId };
  integrationAnswerRegistered: RegistrationFact & { round: number };
  integrationLapsed: { round: number };
  decided: { outcome: Outcome; document: number; command: CommandId };
  outcomeRegistered: RegistrationFact & { outcome: Outcome };
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
