import type { Logger } from 'pino';
import type { Clock } from '../../activities/ports/clock';
import type { DocumentStore } from '../../activities/ports/document-store';
import { type MailPort, RecipientRefused } from '../../activities/ports/mail';
import { epochMs, instant } from '../../domain/ids';
import type { Database } from '../../platform/database';
import { Loop } from './loop';
import { messageIdOf, type Post, sendAndKeep } from './send';

export interface PostmanOptions {
  /** Mails on their way at once. */
  readonly batch: number;
  readonly lookEveryMs: number;
}

/** A postman that dies leaves its mails to the others after this time: longer than any server may take to answer. */
const LEASE_MS = 5 * 60_000;
/** First pause after a failure; it doubles each time, up to an hour, for as long as the server is down. */
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 60 * 60_000;

interface DueMail {
  readonly id: string;
  readonly tenantCode: string;
  readonly kind: string;
  readonly recipientName: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attempts: number;
}

/**
 * Sends the mails of the queue, each until the server has taken it or has refused its address. Any number of postmen may
 * run. One that dies between the server's answer and our record leaves a mail that is sent again under the same
 * Message-ID.
 */
export class Postman {
  private readonly post: Post;
  private readonly loop: Loop;

  constructor(
    private readonly db: Database,
    mail: MailPort,
    store: DocumentStore,
    private readonly clock: Clock,
    private readonly log: Logger,
    private readonly options: PostmanOptions = { batch: 5, lookEveryMs: 1_000 },
  ) {
    this.post = { mail, store, clock };
    this.loop = new Loop(
      () => this.round(),
      options.lookEveryMs,
      (error) => log.warn({ err: error }, 'the mail queue could not be read'),
    );
  }

  start(): void {
    this.loop.start();
  }

  /** Takes no other mail and waits for those on their way. */
  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** Sends what is due now; true when there may be more. */
  async round(): Promise<boolean> {
    const due = await this.claim();
    await Promise.all(due.map((mail) => this.deliver(mail)));
    return due.length === this.options.batch;
  }

  private async claim(): Promise<readonly DueMail[]> {
    const now = this.clock.now();
    const { rows } = await this.db.pool.query<DueMail>(
      `WITH due AS (
         SELECT id FROM mailing WHERE status IN ('queued', 'sending') AND not_before <= $1
         ORDER BY not_before, id LIMIT $2 FOR UPDATE SKIP LOCKED
       )
       UPDATE mailing m SET status = 'sending', not_before = $3, attempts = attempts + 1
       FROM due, tenant t WHERE m.id = due.id AND t.id = m.tenant_id
       RETURNING m.id, t.code AS "tenantCode", m.kind, m.recipient_name AS "recipientName", m.recipient, m.subject,
         m.text, m.html, m.attempts`,
      [now, this.options.batch, instant(epochMs(now) + LEASE_MS)],
    );
    return rows;
  }

  private async deliver(mail: DueMail): Promise<void> {
    const { id, kind, subject, text, html } = mail;
    const to = { name: mail.recipientName, address: mail.recipient };
    const outgoing = { messageId: messageIdOf(id), to, subject, text, html, attachments: [] };
    try {
      const sent = await sendAndKeep(this.post, mail.tenantCode, outgoing);
      await this.db.prisma.mailing.update({ where: { id }, data: { status: 'sent', ...sent } });
    } catch (error) {
      const refused = error instanceof RecipientRefused;
      // What a server says may name the person: it stays in the row.
      const name = error instanceof Error ? error.name : 'unknown';
      this.log.warn({ mailing: id, kind, attempts: mail.attempts, error: name }, 'a mail was not sent');
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(mail.attempts - 1, 10));
      const notBefore = instant(epochMs(this.clock.now()) + pause);
      const data = { status: refused ? 'refused' : 'queued', notBefore, lastError: String(error) };
      await this.db.prisma.mailing.update({ where: { id }, data }).catch((failed: unknown) =>
        // The lease expires by itself.
        this.log.warn({ mailing: id, err: failed }, 'a mail could not be put back'),
      );
    }
  }
}
