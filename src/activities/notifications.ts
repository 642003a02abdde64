import { Readable } from 'node:stream';
import { ApplicationFailure } from '@temporalio/activity';
import { addressedMessage } from '../application/notifications/message';
import { TEMPLATES, writeMail } from '../application/notifications/templates';
import { FAILURE } from '../domain/failures';
import { asId, type Instant, instant, type Sha256 } from '../domain/ids';
import { uuidFromName } from '../platform/digest';
import type { NotificationActivities } from './contract';
import type { ActivityDeps } from './deps';
import { RecipientRefused } from './ports/mail';

const MAX_MAIL_BYTES = 60 * 1024 * 1024;

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
  const { db, clock, mail, store } = deps;
  const key = { practiceId_seq_channel: { practiceId, seq, channel: 'mail' } };
  const known = await db.prisma.message.findUnique({ where: key });
  if (known?.deliveredAt) return instant(known.deliveredAt);
  const addressed = await addressedMessage(db.prisma, practiceId, seq, deps.publicUrl);
  const template = TEMPLATES[addressed.type];
  // A document that is not news by itself: the registration that follows it is told instead.
  if (!template || (addressed.type === 'documentReady' && addressed.document !== 1)) return undefined;
  const message = template(addressed.facts);
  const { text, html } = writeMail(message, addressed.facts);
  const id = uuidFromName(`message:${practiceId}:${seq}:mail`);
  await db.prisma.message.createMany({
    data: [
      {
        id,
        tenantId: addressed.tenantId,
        practiceId,
        seq,
        channel: 'mail',
        template: addressed.type,
        recipient: addressed.to.address,
        subject: message.subject,
        text,
        status: 'sending',
        createdAt: clock.now(),
      },
    ],
    skipDuplicates: true,
  });
  try {
    const attachments = await attachmentsOf(deps, addressed.tenantCode, practiceId, addressed.attach);
    const taken = await mail.send({
      messageId: `${id}@iter.invalid`,
      to: addressed.to,
      subject: message.subject,
      text,
      html,
      attachments,
    });
    const raw = await store.put(addressed.tenantCode, Readable.from([taken.raw]), MAX_MAIL_BYTES);
    const deliveredAt = clock.now();
    await db.prisma.message.update({
      where: key,
      data: { status: 'sent', deliveredAt, serverResponse: taken.serverResponse, rawSha256: raw.sha256 },
    });
    return deliveredAt;
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

async function attachmentsOf(deps: ActivityDeps, tenant: string, practiceId: string, ordinals: readonly number[]) {
  const rows = await deps.db.prisma.document.findMany({
    where: { practiceId, ordinal: { in: [...ordinals] } },
    orderBy: { ordinal: 'asc' },
  });
  return Promise.all(
    rows.map(async (row) => ({
      filename: `${row.title.replace(/[^\p{L}\p{N} ]/gu, '').replace(/ +/g, '-')}.pdf`,
      contentType: row.contentType,
      content: await deps.store.read(tenant, asId<Sha256>(row.sha256)),
    })),
  );
}
