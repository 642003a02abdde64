import type { CommandId, Instant, LegalDate } from '../../domain/ids';
import type { CommandFacts } from '../../domain/practice/command';
import type { DocumentKind } from '../../domain/practice/documents';
import type { PaymentPhase } from '../../domain/practice/events';
import type { PracticeState } from '../../domain/practice/state';
import type { Content } from '../../forms/profile/form';
import type { FrozenAttachment } from '../practices/submission';
import type { ServiceDefinition } from '../services/definition';

/** What a text is about: a document of the practice, or the receipt that the applicant gets at once (L. 241/1990 art. 18-bis). */
export type TextKind = DocumentKind | 'receipt';

/** In what capacity an application was opened. */
export type FilerKind = 'citizen' | 'professional' | 'delegate' | 'operator';

/** Money that has come, as documents name it. */
export interface PaidFee {
  readonly amountCents: number;
  readonly iuv: string | null;
  readonly phase: PaymentPhase;
  readonly means: 'online' | 'counter';
}

/** A stamp (marca da bollo) that was given. */
export interface GivenStamp {
  readonly number: string;
  readonly amountCents: number;
  readonly issuedOn: LegalDate | null;
  readonly phase: PaymentPhase;
}

/** What was frozen when the applicant confirmed. */
export interface FrozenSubmission {
  readonly content: Content;
  readonly attachments: readonly FrozenAttachment[];
  /** Digest of the frozen data. */
  readonly sha256: string;
  /** Provider, level, instant and session of who confirmed; level 0 is nobody that anyone vouched for. */
  readonly authentication: Readonly<Record<string, string | number | null>>;
  readonly confirmedAt: Instant;
}

/** What a document may speak of. Everything in it was frozen or decided before the document is made. */
export interface Source {
  readonly kind: TextKind;
  /** Place among the practice's documents; 0 is the receipt. */
  readonly ordinal: number;
  /** Name of the body: "Comune di Bugliano". */
  readonly tenant: string;
  readonly definition: ServiceDefinition;
  /** Practice code; null before it is given. */
  readonly code: string | null;
  readonly practiceId: string;
  /** The assigned office if any, else the first of the service. */
  readonly office: { readonly name: string; readonly email: string | null };
  /** Who did the act that the document is about; empty when nobody did. */
  readonly officer: string;
  readonly filer: { readonly kind: FilerKind; readonly name: string };
  /** False for who filed without login: there is no personal area to look into. */
  readonly hasArea: boolean;
  readonly submission: FrozenSubmission;
  readonly receivedAt: Instant;
  readonly state: PracticeState;
  /** Paid before this document. */
  readonly payments: readonly PaidFee[];
  /** Given before this document. */
  readonly stamps: readonly GivenStamp[];
  /** Integer cents that the submission was asked for; undefined in practices of the first release. */
  readonly askedCents: number | undefined;
  /** Name of the act, as in the inbox. */
  readonly act: string | undefined;
  readonly payload: unknown;
  readonly facts: CommandFacts;
  /** Instant of the act, or the one at which the engine asked for the document. */
  readonly at: Instant;
  /** Last day for the office to answer, as it was when the application arrived and as it is now. */
  readonly firstAnswerBy: LegalDate | undefined;
  readonly answerBy: LegalDate | undefined;
  /** When each act behind a document of this practice was taken. */
  readonly actedAt: ReadonlyMap<CommandId, Instant>;
  /** The practice was approved, wholly or in part, before now. */
  readonly granted: boolean;
}
