import type { Readable } from 'node:stream';
import { refuse } from '../../domain/errors';
import { asId, type Instant, instant, type Sha256 } from '../../domain/ids';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { visiblePractice } from '../practices/visibility';

/** A mail about a practice, with what became of it. */
export interface NotificationRecord {
  readonly id: string;
  /** Sequence number of the event that it follows; null for a message of the conversation. */
  readonly seq: number | null;
  readonly channel: string;
  /** Key of the text. */
  readonly template: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  /** `queued`, `sending`, `sent`, or `refused`: the address is wrong. */
  readonly status: string;
  readonly attempts: number;
  /** What the mail server said last; null to applicants. */
  readonly lastError: string | null;
  readonly createdAt: Instant;
  /** When the mail server took it. */
  readonly deliveredAt: Instant | null;
  /** SHA-256 of the mail as sent; null until it was taken. */
  readonly rawSha256: string | null;
  /** Where the mail as sent is; null until it was taken. */
  readonly href: string | null;
}

/** What offices write to each other about a practice is not the applicant's mail. */
const TO_OFFICES = 'communicationToOffice';
/** Mails of the queue that go to the applicant. */
const CONVERSATION = 'message';

/**
 * Mails that were sent about a practice, or are to be, oldest first: those that follow events and the office's messages.
 * Applicants see those that went to them. Refusal: `PRACTICE_NOT_FOUND`.
 */
export async function notificationsOf(viewer: Viewer, practiceId: string): Promise<readonly NotificationRecord[]> {
  await visiblePractice(viewer, practiceId);
  const applicant = APPLICANT_ROLES.includes(viewer.role);
  const messages = await viewer.db.message.findMany({
    where: { practiceId, ...(applicant && { template: { not: TO_OFFICES } }) },
  });
  const mailings = await viewer.db.mailing.findMany({ where: { practiceId, kind: CONVERSATION } });
  const rows = [
    ...messages.map(({ template, seq, channel, ...row }) => ({ ...row, template, seq, channel })),
    ...mailings.map(({ kind, ...row }) => ({ ...row, template: kind, seq: null, channel: 'mail' })),
  ];
  return rows
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.seq ?? 0) - (b.seq ?? 0))
    .map(({ id, seq, channel, template, recipient, subject, text, status, attempts, lastError, ...row }) => ({
      id,
      seq,
      channel,
      template,
      recipient,
      subject,
      text,
      status,
      attempts,
      lastError: applicant ? null : lastError,
      createdAt: instant(row.createdAt),
      deliveredAt: row.deliveredAt ? instant(row.deliveredAt) : null,
      rawSha256: row.rawSha256,
      href: row.rawSha256 ? `/api/v1/practices/${practiceId}/notifications/${id}/raw` : null,
    }));
}

/**
 * A mail exactly as it was handed to the mail server (RFC 5322), as evidence. Refusals: `PRACTICE_NOT_FOUND`, and
 * `NOTIFICATION_NOT_FOUND` also while it has not been sent: look in the list whether it was.
 */
export async function mailAsSent(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  messageId: string,
): Promise<{ readonly name: string; readonly content: Readable }> {
  const found = (await notificationsOf(viewer, practiceId)).find(({ id }) => id === messageId);
  if (!found?.rawSha256) return refuse('NOTIFICATION_NOT_FOUND');
  const content = await app.store.stream(viewer.tenantCode, asId<Sha256>(found.rawSha256));
  return { name: `${found.template}-${found.seq ?? found.id}.eml`, content };
}
