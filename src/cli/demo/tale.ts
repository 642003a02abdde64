import type { WordingKey } from '../../application/notifications/wording';
import type { FinalStatus } from '../../domain/practice/states';
import type { ManualRow } from './manual';
import type { Story } from './story';

/** User name of somebody of the demo municipality. */
export type Login = string;

/** A practice that the demo leads from draft to end, and everything that must be found when it has ended. */
export interface Tale {
  /** For whoever watches: `Permesso ZTL, approved after an integration`. */
  readonly title: string;
  /** Code of the service. */
  readonly service: string;
  /** First part of the practice's code. */
  readonly codePrefix: string;
  readonly applicant: Login;
  readonly officer: Login;
  /** What the reference manual says that the timeline of such a practice contains, in its words and order. */
  readonly manual: readonly ManualRow[];
  readonly end: {
    readonly status: FinalStatus;
    /** Kinds of the documents, in order; each must be registered. */
    readonly documents: readonly string[];
    /** Kinds among them that only the office sees. */
    readonly notForApplicant?: readonly string[];
    /** Mails to the applicant, by what they tell. */
    readonly mails: readonly WordingKey[];
    /** Mails to somebody else, by what their subject says. */
    readonly mailsToOthers?: readonly { readonly to: string; readonly subject: string }[];
  };
  readonly tell: (story: Story) => Promise<void>;
}
