import type { Clock } from '../../activities/ports/clock';
import type { DocumentStore } from '../../activities/ports/document-store';
import { type MailPort, RecipientRefused } from '../../activities/ports/mail';
import { asId, type Instant, instant, type Sha256 } from '../../domain/ids';
import type { Database } from '../../platform/database';
import { uuidFromName } from '../../platform/digest';
import type { MailFile } from '../notifications/attachments';
import { type Addressed, addressedMessage } from '../notifications/message';
import { messageIdOf, sendAndKeep } from './send';

/** What is needed to write a mail about an event and to send it. */
export interface TellingDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly mail: MailPort;
  /** Base address of pages, for links in mails. */
  readonly publicUrl: string;
}

/**
 * Tells the applicant of an event by mail. A message row is made once per event; what was taken is not sent again.
 * Gives the instant at which the mail was taken, undefined when there is nothing to say.
 * @throws RecipientRefused when the address is refused: nothing to repeat. Anything else: repeat later.
 */
export async function tell(deps: TellingDeps, practiceId: string, seq: number): Promise<Instant | undefined> {
  const { db, clock } = deps;
  const key = { practiceId_seq_channel: { practiceId, seq, channel: 'mail' } };
  const known = await db.prisma.message.findUnique({ where: key });
  if (known?.deliveredAt) return instant(known.deliveredAt);
  const addressed = await addressedMessage(db.prisma, practiceId, seq, deps.publicUrl, clock.now());
  if (!addressed) return undefined;
  const id = uuidFromName(`message:${practiceId}:${seq}:mail`);
  await db.prisma.message.createMany({
    data: [
      {
        id,
        tenantId: addressed.tenantId,
        practiceId,
        seq,
        channel: 'mail',
        template: addressed.key,
        recipient: addressed.to.address,
        subject: addressed.subject,
        text: addressed.text,
        status: 'sending',
        createdAt: clock.now(),
      },
    ],
    skipDuplicates: true,
  });
  try {
    const sent = await send(deps, id, addressed);
    // The row of an earlier try may have been written before something that the mail now says.
    const { subject, text, to } = addressed;
    const data = { status: 'sent', subject, text, recipient: to.address, ...sent };
    await db.prisma.message.update({ where: key, data });
    return sent.deliveredAt;
  } catch (error) {
    const status = error instanceof RecipientRefused ? 'refused' : 'sending';
    await db.prisma.message.update({
      where: key,
      data: { status, attempts: { increment: 1 }, lastError: String(error) },
    });
    throw error;
  }
}

async function send(deps: TellingDeps, id: string, mail: Addressed) {
  const { to, cc, subject, text, html } = mail;
  const attachments = await Promise.all(mail.files.map((file) => attachmentOf(deps, mail.tenantCode, file)));
  return sendAndKeep(deps, mail.tenantCode, { messageId: messageIdOf(id), to, cc, subject, text, html, attachments });
}

async function attachmentOf(deps: TellingDeps, tenant: string, { name, contentType, sha256 }: MailFile) {
  return { filename: name, contentType, content: await deps.store.read(tenant, asId<Sha256>(sha256)) };
}
