import { ApplicationFailure } from '@temporalio/activity';
import { messageIdOf, sendAndKeep } from '../application/mailing/send';
import type { MailFile } from '../application/notifications/attachments';
import { type Addressed, addressedMessage } from '../application/notifications/message';
import { FAILURE } from '../domain/failures';
import { asId, type Instant, instant, type Sha256 } from '../domain/ids';
import { uuidFromName } from '../platform/digest';
import type { NotificationActivities } from './contract';
import type { ActivityDeps } from './deps';
import { RecipientRefused } from './ports/mail';

/** Activities of the queue `notifications`. A message row is made once per event; what was taken is not sent again. */
export function notificationActivities(deps: ActivityDeps): NotificationActivities {
  return {
    async notify({ practice, events }) {
      let deliveredAt = deps.clock.now();
      let refused: ApplicationFailure | undefined;
      for (const seq of events) {
        try {
          deliveredAt = (await tell(deps, practice, seq)) ?? deliveredAt;
        } catch (error) {
          // One address refused must not keep the other messages from being made and recorded.
          if (!(error instanceof ApplicationFailure)) throw error;
          refused = error;
        }
      }
      if (refused) throw refused;
      return { deliveredAt };
    },
  };
}

async function tell(deps: ActivityDeps, practiceId: string, seq: number): Promise<Instant | undefined> {
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
    const refused = error instanceof RecipientRefused;
    await db.prisma.message.update({
      where: key,
      data: { status: refused ? 'refused' : 'sending', attempts: { increment: 1 }, lastError: String(error) },
    });
    if (!refused) throw error;
    throw ApplicationFailure.nonRetryable('the recipient’s address was refused', FAILURE.recipientRefused);
  }
}

async function send(deps: ActivityDeps, id: string, mail: Addressed) {
  const { to, cc, subject, text, html } = mail;
  const attachments = await Promise.all(mail.files.map((file) => attachmentOf(deps, mail.tenantCode, file)));
  return sendAndKeep(deps, mail.tenantCode, { messageId: messageIdOf(id), to, cc, subject, text, html, attachments });
}

async function attachmentOf(deps: ActivityDeps, tenant: string, { name, contentType, sha256 }: MailFile) {
  return { filename: name, contentType, content: await deps.store.read(tenant, asId<Sha256>(sha256)) };
}
