import type { Instant } from '../../domain/ids';
import type { Rows } from '../../platform/database';
import { uuidFromName } from '../../platform/digest';

/** A mail that follows no event of a practice, ready to leave. */
export interface QueuedMail {
  readonly tenantId: string;
  /** The practice it speaks of, when it speaks of one. */
  readonly practiceId?: string;
  /** What it is: `message`, `operatorNotices`, `operatorSummary` … */
  readonly kind: string;
  /** The same for the same mail, whoever asks again: with tenant and kind it makes the id. No personal data. */
  readonly dedupe: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** It does not leave before. */
  readonly notBefore: Instant;
  readonly createdAt: Instant;
}

/** Id of a queued mail, derived from what makes it the same mail. */
export function mailingId(mail: Pick<QueuedMail, 'tenantId' | 'kind' | 'dedupe'>): string {
  return uuidFromName(`mailing:${mail.tenantId}:${mail.kind}:${mail.dedupe}`);
}

/**
 * Puts a mail into the queue, in the transaction of what it speaks of: it leaves if and only if that was committed.
 * The same mail again is the one that is there already, sent or not. Gives its id.
 */
export async function enqueueMail(tx: Pick<Rows, 'mailing'>, mail: QueuedMail): Promise<string> {
  const { tenantId, kind, to, subject, text, html, notBefore, createdAt } = mail;
  const id = mailingId(mail);
  await tx.mailing.createMany({
    data: [
      {
        id,
        tenantId,
        practiceId: mail.practiceId ?? null,
        kind,
        recipientName: to.name,
        recipient: to.address,
        subject,
        text,
        html,
        notBefore,
        createdAt,
      },
    ],
    skipDuplicates: true,
  });
  return id;
}
