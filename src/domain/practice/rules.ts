import type { Switch } from './acts';

/**
 * The part of a service definition that decides how a practice lives. It is chosen by the version in force when the
 * draft is opened and travels with the practice, so a later version never changes a practice already begun.
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
  /** Absent: nothing to pay at submission. */
  readonly payment?: PaymentRule;
  /** Days of the procedure's term (L. 241/1990 art. 2). */
  readonly termDays: number;
  /** Days to answer an integration request, at most 30 (L. 241/1990 art. 2 c. 7). */
  readonly integrationDays: number;
  readonly switches: Readonly<Record<Switch, boolean>>;
}

export interface PaymentRule {
  /** Integer cents, greater than zero. */
  readonly amountCents: number;
  /** Minutes within which the position must be paid. */
  readonly windowMinutes: number;
  /** What becomes of the practice when nobody pays in time. */
  readonly onExpiry: 'expired' | 'draft';
}
