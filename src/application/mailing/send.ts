import { Readable } from 'node:stream';
import type { Clock } from '../../activities/ports/clock';
import type { DocumentStore } from '../../activities/ports/document-store';
import type { MailPort, OutgoingMail } from '../../activities/ports/mail';
import type { Instant, Sha256 } from '../../domain/ids';

/** Far above what a server takes: a mail was sent, so it must be kept. */
const MAX_MAIL_BYTES = 60 * 1024 * 1024;

/** What is needed to send a mail and to keep it as it was sent. */
export interface Post {
  readonly mail: MailPort;
  readonly store: DocumentStore;
  readonly clock: Clock;
}

/** Evidence that a mail was taken. */
export interface Sent {
  readonly deliveredAt: Instant;
  readonly serverResponse: string;
  /** The mail as sent (RFC 5322), in the store. */
  readonly rawSha256: Sha256;
}

/**
 * Sends a mail and keeps its bytes. Rejections: those of the port, `RecipientRefused` (nothing to repeat) and
 * `MailUnavailable` (repeat later with the same Message-ID).
 */
export async function sendAndKeep(post: Post, tenantCode: string, outgoing: OutgoingMail): Promise<Sent> {
  const taken = await post.mail.send(outgoing);
  const raw = await post.store.put(tenantCode, Readable.from([taken.raw]), MAX_MAIL_BYTES);
  return { deliveredAt: post.clock.now(), serverResponse: taken.serverResponse, rawSha256: raw.sha256 };
}

/** Message-ID of a mail of ours, by the id of its row: a repetition is recognisable. */
export function messageIdOf(id: string): string {
  return `${id}@iter.invalid`;
}
