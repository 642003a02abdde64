import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PracticeSnapshot } from '../../activities/contract';
import type { CommandId, Instant } from '../../domain/ids';
import { ACTS, type Act, type Actor } from '../../domain/practice/acts';
import type { Command, MailRefusal, ReceiptNews } from '../../domain/practice/command';
import type { PracticeBirth } from '../../domain/practice/state';
import type { Status } from '../../domain/practice/states';

/** How a practice begins: from its draft, or from a snapshot (continue-as-new, rebuilt engine). */
export interface PracticeStart {
  readonly birth: PracticeBirth;
  readonly draft: { readonly command: CommandId; readonly at: Instant; readonly actor: Actor };
  readonly snapshot?: PracticeSnapshot;
  /** Address of the practice's page, for the engine's UI. */
  readonly page: string;
  /**
   * `byQueue`: mails that only tell leave through the queue of the projection. Absent in runs that began before release
   * 0.3.0, which call `notify` for each; they change over when they continue as new.
   */
  readonly tells?: 'byQueue';
  /** Events after which the run continues as new, if the server does not suggest it before. */
  readonly historyLimit?: number;
}

/** What is left when a practice has ended. */
export interface PracticeEnd {
  readonly status: Status;
  readonly seq: number;
}

/** What an act answers. The full view is in PostgreSQL, already up to date. */
export interface ActDone {
  readonly seq: number;
  readonly status: Status;
}

/** One update per act, named like it: a person waits for the answer and must hear a no. */
export const actUpdates = ACTS.filter((act) => act !== 'createDraft').map((act) => ({
  act,
  update: defineUpdate<ActDone, [Command], Act>(act),
}));

/** Money arrived: a signal, durable although no worker is up. */
export const receiptSignal = defineSignal<[ReceiptNews], 'paymentReceipt'>('paymentReceipt');

/** The address of a queued mail was refused. */
export const mailRefusedSignal = defineSignal<[MailRefusal], 'mailRefused'>('mailRefused');

/** An administrator lets a parked practice try again. */
export const resumeSignal = defineSignal<[], 'resume'>('resume');

/** An administrator stops a practice, saying why; acts wait until it resumes. */
export const parkSignal = defineSignal<[string], 'park'>('park');

/** A new release asks practices to continue as new at their next rest, so that an old branch of the code can go. */
export const renewSignal = defineSignal<[], 'renew'>('renew');

/** A message that has no form we know: `message` is its name. */
export interface StrangeMessage {
  readonly message: string;
  readonly why: 'unreadable' | 'unknown' | 'malformed';
}

/** What could not be decoded arrives as this; see `unreadable`. */
export const strangeSignal = defineSignal<[StrangeMessage], 'strangeMessage'>('strangeMessage');

/** State as the engine holds it, for support and drift checks; screens read PostgreSQL. */
export const snapshotQuery = defineQuery<PracticeSnapshot & { readonly parked: string | null }>('snapshot');
