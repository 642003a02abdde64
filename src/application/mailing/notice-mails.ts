import { type Instant, instant, type LegalDate } from '../../domain/ids';
import { addDays, romeDate, romeOffset } from '../../domain/terms/rome';
import type { Database, Rows } from '../../platform/database';
import { operatorMail } from './operator-mail';
import { newsOf, type WaitingNotice } from './operator-news';
import { enqueueMail, mailingId } from './queue';

/** Hour of Europe/Rome at which summaries leave. */
const SUMMARY_HOUR = 8;

interface Recipient {
  readonly id: string;
  readonly tenantId: string;
  readonly tenant: string;
  readonly name: string;
  readonly email: string;
  readonly frequency: string;
}

/** The last summary that was due, and the notices that belong to it: those before its instant. */
export function lastSummary(now: Instant): { readonly day: LegalDate; readonly until: Instant } {
  const today = romeDate(now);
  const hour = (date: LegalDate): Instant => {
    // Clocks change at one o'clock UTC: at eight the day's offset is settled.
    const local = Date.parse(`${date}T00:00:00Z`) + SUMMARY_HOUR * 3_600_000;
    return instant(local - romeOffset(local));
  };
  const day = now >= hour(today) ? today : addDays(today, -1);
  return { day, until: hour(day) };
}

/**
 * Queues the mails of operators with news: one for all that waits where they want it at once, one at eight o'clock for
 * what came before where they want a summary. There is no third choice.
 */
export async function mailWaitingNotices(db: Database, now: Instant, publicUrl: string): Promise<void> {
  const { day, until } = lastSummary(now);
  const { rows } = await db.pool.query<Recipient>(
    `SELECT a.id, a.tenant_id AS "tenantId", t.name AS "tenant", a.given_name || ' ' || a.family_name AS "name", a.email,
       a.notice_frequency AS "frequency"
     FROM account a JOIN tenant t ON t.id = a.tenant_id
     WHERE a.enabled AND EXISTS (
       SELECT 1 FROM operator_notice n
       WHERE n.account_id = a.id AND n.mailing_id IS NULL AND (a.notice_frequency <> 'daily' OR n.at < $1)
     ) ORDER BY a.id`,
    [until],
  );
  for (const recipient of rows) {
    const summary = recipient.frequency === 'daily' ? { day, until } : undefined;
    await db.prisma.$transaction((tx) => mailNotices(tx, recipient, now, publicUrl, summary));
  }
}

async function mailNotices(
  tx: Rows,
  recipient: Recipient,
  now: Instant,
  publicUrl: string,
  summary: { readonly day: LegalDate; readonly until: Instant } | undefined,
): Promise<void> {
  const { id: accountId, tenantId } = recipient;
  const kind = summary ? 'operatorSummary' : 'operatorNotices';
  if (summary) {
    // What came late for today's summary waits for tomorrow's: one a day.
    const id = mailingId({ tenantId, kind, dedupe: `${accountId}:${summary.day}` });
    if (await tx.mailing.findUnique({ where: { id }, select: { id: true } })) return;
  }
  const until = summary?.until ?? null;
  const notices = await tx.$queryRaw<WaitingNotice[]>`
    SELECT practice_id AS "practiceId", seq, at FROM operator_notice
    WHERE account_id = ${accountId}::uuid AND mailing_id IS NULL
      AND (${until}::timestamptz IS NULL OR at < ${until}::timestamptz)
    ORDER BY at, practice_id, abs(seq) FOR UPDATE SKIP LOCKED`;
  const [first] = notices;
  if (!first) return;
  const practices = await newsOf(tx, notices, publicUrl);
  const mail = operatorMail({
    operator: recipient.name,
    tenant: recipient.tenant,
    practices,
    ...(summary && { summaryOf: summary.day }),
  });
  const mailing = await enqueueMail(tx, {
    tenantId,
    kind,
    // A notice is mailed once, so the first one names the mail.
    dedupe: summary ? `${accountId}:${summary.day}` : `${accountId}:${first.practiceId}:${first.seq}`,
    to: { name: recipient.name, address: recipient.email },
    ...mail,
    notBefore: now,
    createdAt: now,
  });
  await tx.$executeRaw`
    UPDATE operator_notice n SET mailing_id = ${mailing}::uuid
    FROM unnest(${notices.map(({ practiceId }) => practiceId)}::uuid[], ${notices.map(({ seq }) => seq)}::int[])
      AS k(practice_id, seq)
    WHERE n.account_id = ${accountId}::uuid AND n.practice_id = k.practice_id AND n.seq = k.seq`;
}
