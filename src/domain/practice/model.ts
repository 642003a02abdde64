import type { CommandId, Instant, PracticeId, Sha256, TenantCode } from '../ids';
import type { Assignment, AttentionReason, Outcome, PaymentPhase, Priority, RegistrationFact } from './events';
import type { ProcedureRules } from './rules';
import type { Status } from './states';

/** Documents that a practice makes, in the usual order of a life. */
export const DOCUMENT_KINDS = [
  'request',
  'startNotice',
  'integrationRequest',
  'integrationAnswer',
  'rejectionNotice',
  'observations',
  'decision',
  'communication',
  'withdrawal',
  'archiving',
  'annulment',
] as const;

export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** A document of the practice that must be made, and usually registered. Its text is found through `command`. */
export interface PracticeDocument {
  /** From 1, gapless. `<practice code>/<ordinal>` is our reference at the register. */
  readonly ordinal: number;
  readonly kind: DocumentKind;
  readonly command?: CommandId;
  readonly sha256?: Sha256;
  readonly registration?: RegistrationFact;
}

/** An integration request and what became of it. */
export interface IntegrationRound {
  readonly round: number;
  readonly requestedAt: Instant;
  /** When the registered request was deposited in the applicant's area: the term is suspended from here. */
  readonly openedAt?: Instant;
  readonly closedAt?: Instant;
  readonly closedBy?: 'answer' | 'lapse' | 'cancel';
}

/** A rejection notice and what the applicant did of it. */
export interface RejectionNotice {
  readonly document: number;
  readonly openedAt?: Instant;
  readonly closedAt?: Instant;
  readonly closedBy?: 'observations' | 'lapse';
}

/** The last payment asked for. */
export interface PracticePayment {
  readonly ordinal: number;
  readonly status: 'requested' | 'paid' | 'expired' | 'cancelled';
  readonly requestedAt: Instant;
  /** Integer cents; absent in practices of the first release, whose fee is in their rules. */
  readonly amountCents?: number;
  readonly phase?: PaymentPhase;
  readonly receipt?: string;
  readonly means?: 'counter';
  readonly returnedAt?: Instant;
  /** The gateway was told that nobody may pay any more. */
  readonly closed?: true;
}

/** Everything the engine knows of a practice. Only ids, ordinals, digests, amounts and instants; at most 64 KB. */
export interface PracticeState {
  readonly id: PracticeId;
  readonly tenant: TenantCode;
  /** Opaque id of the person whose practice it is. */
  readonly applicant: string;
  /** Opaque id of the operator who opened it for them. */
  readonly author?: string;
  readonly rules: ProcedureRules;
  readonly status: Status;
  readonly seq: number;
  /** Raised only by people's acts and by changes of state or assignee: the precondition of officers' acts. */
  readonly actVersion: number;
  readonly draftedAt?: Instant;
  /** The applicant was told that the draft will expire. */
  readonly expiryAnnounced?: true;
  readonly submission: number;
  readonly confirmedAt?: Instant;
  /** Legal instant of arrival. */
  readonly receivedAt?: Instant;
  /** Stamps asked for and not yet given. */
  readonly stamps?: number;
  /** What the submission said about fee and assignment, until it is used. */
  readonly feeCents?: number;
  readonly assignTo?: Assignment;
  readonly payment?: PracticePayment;
  /** Accepted at the planning desk. */
  readonly accepted?: true;
  readonly assignee?: string;
  /** Office to which it was assigned; absent: those of the service. */
  readonly office?: string;
  readonly priority?: Priority;
  readonly phase?: string;
  readonly documents: readonly PracticeDocument[];
  readonly rounds: readonly IntegrationRound[];
  readonly notice?: RejectionNotice;
  readonly decision?: {
    readonly outcome: Outcome;
    readonly document: number;
    readonly stamps?: number;
    readonly feeCents?: number;
  };
  /** Opened again by the office after its end: no term runs any more. */
  readonly reopened?: true;
  readonly late: boolean;
  readonly attention: readonly AttentionReason[];
  /** The last ids already processed: an update or signal that comes again is recognised, also after continue-as-new. */
  readonly processed: readonly string[];
}

/** What a new practice is made of. */
export interface PracticeBirth {
  readonly id: PracticeId;
  readonly tenant: TenantCode;
  readonly applicant: string;
  readonly author?: string;
  readonly rules: ProcedureRules;
}
