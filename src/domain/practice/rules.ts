import type { Switch } from './acts';
import type { Outcome } from './events';

/**
 * The part of a service definition that decides how a practice lives. It is chosen by the version in force when the
 * draft is opened and travels with the practice, so a later version never changes a practice already begun. What is
 * absent is not used by the service.
 */
export interface ProcedureRules {
  /** Code of the service: `permesso-ztl`. */
  readonly service: string;
  /** Version of its definition. */
  readonly version: number;
  /** Prefix of the practice code: `ZTL` gives `ZTL-2026-000001`. */
  readonly codePrefix: string;
  readonly workflow: 'approval' | 'forward' | 'paymentOnly';
  readonly registration: 'none' | 'onSubmission' | 'onAcceptance';
  /** What is paid when the application is sent; how much is decided at intake and comes with the act. */
  readonly payment?: PaymentRule;
  /** What is paid after a positive decision, before it is registered. */
  readonly releasePayment?: ReleasePaymentRule;
  /** Phases inside `inCharge`; the first is where a practice begins. */
  readonly phases?: readonly PhaseRule[];
  /** A rejection must be announced first (L. 241/1990 art. 10-bis), unless a legal exemption is named. */
  readonly noticeRequired?: true;
  /** Days after which a draft that was never sent expires. */
  readonly draftDays?: number;
  /** Days of the procedure's term (L. 241/1990 art. 2). */
  readonly termDays: number;
  /** Days to answer an integration request, at most 30 (L. 241/1990 art. 2 c. 7). */
  readonly integrationDays: number;
  readonly switches: Readonly<Record<Switch, boolean>>;
}

export interface PaymentRule {
  /** Integer cents, where the fee is the same for everybody. */
  readonly amountCents?: number;
  /** Minutes within which the position must be paid. */
  readonly windowMinutes: number;
  /** What becomes of the practice when nobody pays in time. */
  readonly onExpiry: 'expired' | 'draft';
}

export interface ReleasePaymentRule {
  readonly windowMinutes: number;
  /** `renewed`: the applicant is reminded and gets a new position; `annulled`: the practice ends. */
  readonly onExpiry: 'renewed' | 'annulled';
}

/** A phase of the work of an office. */
export interface PhaseRule {
  readonly key: string;
  readonly label: string;
  /** Phases that may follow. */
  readonly next: readonly string[];
  /** Decisions that may be taken in this phase; none: it only leads on. */
  readonly decisions: readonly Outcome[];
}

/** Days to answer a rejection notice (L. 241/1990 art. 10-bis). */
export const OBSERVATION_DAYS = 10;

/** Before a draft expires its owner is told, this many days ahead. */
export const DRAFT_NOTICE_DAYS = 3;

/** How long a payment whose outcome is unknown is waited for before it counts as not made. */
export const PAYMENT_OUTCOME_MINUTES = 15;

/** After this long without a number the register is down, and an applicant may withdraw all the same. */
export const REGISTER_DOWN_MINUTES = 30;
