import type { CommandId, Instant, PracticeId, Sha256 } from '../domain/ids';
import type { Command, ReceiptNews } from '../domain/practice/command';
import type { PracticeEvent, RegistrationFact } from '../domain/practice/events';
import type { PracticeDocument, PracticeState } from '../domain/practice/state';
import type { PracticeClock } from '../domain/terms/practice-clock';

/**
 * What workflows ask of the world, as types alone: this file is the only one of this folder that workflow code sees.
 * Arguments are ids, ordinals, digests and instants; every text and file is found through them in PostgreSQL.
 */

/** Every event since the last projection, in order, plus inbox rows that had no effect. */
export interface ProjectionBatch {
  readonly practice: PracticeId;
  readonly events: readonly PracticeEvent[];
  /** Ids of inbox rows that led to no event and only need their outcome. */
  readonly withoutEffect: readonly string[];
  /** Sequence numbers of events of which the applicant is merely told: their mails are queued in the same transaction. */
  readonly tell?: readonly number[];
}

/** What PostgreSQL adds to the state: the practice code, given once, and the clock. */
export interface Projected {
  readonly code?: string;
  readonly clock: PracticeClock;
}

/** Exactly what continue-as-new carries and `practice.snapshot` stores. */
export interface PracticeSnapshot {
  readonly state: PracticeState;
  readonly clock: PracticeClock;
  readonly code?: string;
}

/** A row of the inbox that came before a deadline and has no outcome yet. */
export type WaitingItem =
  | { readonly kind: 'act'; readonly command: Command }
  | { readonly kind: 'receipt'; readonly news: ReceiptNews };

/** Activities on the workflow's own queue: PostgreSQL only. */
export interface PracticeActivities {
  /** One transaction: view, events, snapshot, outbox, outcomes. Safe to repeat; `ProjectionDiverged` parks the practice. */
  project(batch: ProjectionBatch): Promise<Projected>;
  /** Rows received before an instant and still without outcome, oldest first. */
  inboxBefore(input: { practice: PracticeId; before: Instant }): Promise<readonly WaitingItem[]>;
  /** Whether an act or news of the inbox has its outcome already. */
  hasOutcome(input: { practice: PracticeId; id: string }): Promise<boolean>;
  /** Opens the operator task that tells of a practice the engine could not carry on. */
  reportParked(input: { practice: PracticeId; reason: string }): Promise<void>;
  /** Opens the operator task that tells of messages which the practice could not take. */
  reportStrange(input: { practice: PracticeId; message: string; why: string }): Promise<void>;
}

export interface DocumentRequest {
  readonly practice: PracticeId;
  readonly document: number;
  readonly kind: PracticeDocument['kind'];
  /** Instant printed on the document. */
  readonly at: Instant;
  readonly command?: CommandId;
}

/** Queue `documents`. */
export interface DocumentActivities {
  /** Renders, stores and records the document; the same ordinal always gives the same file. */
  renderDocument(input: DocumentRequest): Promise<{ readonly sha256: Sha256 }>;
}

export interface RegistrationInput {
  readonly practice: PracticeId;
  readonly document: number;
  /** `<practice code>/<ordinal>`: derived, stable, unique per document. */
  readonly ownRef: string;
  readonly direction: 'in' | 'out';
}

export type RegistrationResult =
  | { readonly kind: 'registered'; readonly fact: RegistrationFact }
  | { readonly kind: 'rejected'; readonly code: string }
  /** The call may or may not have reached the register: look before doing anything else. */
  | { readonly kind: 'uncertain' };

export type ReconcileResult =
  | { readonly kind: 'registered'; readonly fact: RegistrationFact }
  /**
   * Proven not registered: the number may be asked for again, `pauseMs` after the request that failed, which doubles with
   * each one. Results of before 30 November 2026 have no `pauseMs`.
   */
  | { readonly kind: 'repeat'; readonly pauseMs?: number }
  /** The system offers no reliable look-up: a person decides. */
  | { readonly kind: 'unresolved' };

/** Queue `protocollo`. */
export interface RegistrationActivities {
  /** The only activity that issues a number. Attempted once. */
  registerDocument(input: RegistrationInput): Promise<RegistrationResult>;
  /** Read-only; retried until the register answers. */
  reconcileRegistration(input: RegistrationInput): Promise<ReconcileResult>;
}

export type AskedPosition = { readonly kind: 'unpaid' } | { readonly kind: 'paid'; readonly news: ReceiptNews };
export type ClosedPosition = { readonly kind: 'closed' } | { readonly kind: 'paid'; readonly news: ReceiptNews };

/** Queue `payments`. */
export interface PaymentActivities {
  /** Creates the debt position, once per ordinal. `PositionRefused` is not retried. */
  openPosition(input: { practice: PracticeId; payment: number; expiresAt: Instant }): Promise<void>;
  /** Closes an unpaid position, or brings the receipt when the money came first. */
  closePosition(input: { practice: PracticeId; payment: number }): Promise<ClosedPosition>;
  /** Asks whether a position was paid, and brings the receipt when it was. Changes nothing at the gateway. */
  askPosition(input: { practice: PracticeId; payment: number }): Promise<AskedPosition>;
}

export interface NotificationInput {
  readonly practice: PracticeId;
  /** The events that the applicant is told about, by sequence number. */
  readonly events: readonly number[];
}

/** Queue `notifications`. */
export interface NotificationActivities {
  /** Tells the applicant; each message is made once and its delivery recorded. Answers when mail was taken. */
  notify(input: NotificationInput): Promise<{ readonly deliveredAt: Instant }>;
}
