import type { Logger } from 'pino';
import type { Database } from '../../platform/database';
import { PgListener } from '../../platform/listener';
import { type ClaimedRow, claimRows, RENEW_EVERY_MS, releaseRow, renewClaims } from './claims';
import type { Delivery } from './delivery';
import { SLOW_ARRIVAL } from './intake';
import { Pace } from './pace';

export interface SenderOptions {
  /** Rows in flight at once. */
  readonly concurrency: number;
  /** How often to look without being woken. */
  readonly lookEveryMs: number;
}

const GATHER_MS = 50;

/**
 * Brings rows of the inbox to the engine until each has its outcome. A loop in our own process, not a schedule of the
 * engine, which would be down exactly when it is needed. Any number of senders may run.
 */
export class InboxSender {
  private readonly listener: PgListener;
  private readonly inFlight = new Map<string, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private looking = false;
  private again = false;
  private stopped = false;
  /** The last claim found as many rows as were asked for: there are more. */
  private backlog = false;
  private pausing: NodeJS.Timeout | undefined;
  private readonly pace = new Pace();

  constructor(
    private readonly db: Database,
    private readonly delivery: Delivery,
    private readonly log: Logger,
    private readonly options: SenderOptions = { concurrency: 32, lookEveryMs: 500 },
  ) {
    this.listener = new PgListener(db.url, 'iter_inbox', (how) => {
      if (how === SLOW_ARRIVAL) this.pace.slow();
      this.look();
    });
  }

  start(): void {
    this.listener.start();
    this.timer = setInterval(() => this.look(), this.options.lookEveryMs);
    this.renewal = setInterval(() => void this.renew(), RENEW_EVERY_MS);
    this.look();
  }

  /** Takes nothing new and waits for what is in flight. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.pausing);
    await this.listener.stop();
    await Promise.allSettled([...this.inFlight.values()]);
    clearInterval(this.renewal);
  }

  private look(): void {
    if (this.stopped) return;
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = true;
    void this.claim().finally(() => {
      this.looking = false;
      if (this.again) {
        this.again = false;
        this.look();
      }
    });
  }

  private async claim(): Promise<void> {
    const free = this.options.concurrency - this.inFlight.size;
    if (free <= 0 || this.gathers(free)) return;
    try {
      const { rows, newRows, waiting } = await claimRows(this.db, free, this.pace.free());
      this.pace.took(newRows);
      if (waiting !== undefined) this.pace.waiting(waiting);
      this.backlog = rows.length === free;
      for (const row of rows) this.send(row);
      if (rows.length === free) this.again = true;
      // Now and then is enough: each arrival of a rush would else be a claim that reads all of them.
      if (this.pace.inRush) this.pause();
    } catch (error) {
      // The database is down: the next look tries again.
      this.log.warn({ err: error }, 'inbox could not be read');
    }
  }

  /** A claim reads all that waits: while much does, it is worth some places at once, or a moment's pause. */
  private gathers(free: number): boolean {
    if (this.pausing) return true;
    if (!this.backlog || free >= this.options.concurrency / 4) return false;
    this.pause();
    return true;
  }

  private pause(): void {
    this.pausing ??= setTimeout(() => {
      this.pausing = undefined;
      this.backlog = false;
      this.look();
    }, GATHER_MS);
  }

  private async renew(): Promise<void> {
    if (this.inFlight.size === 0) return;
    await renewClaims(this.db, [...this.inFlight.keys()]).catch((error: unknown) =>
      // Another sender may take the row: its delivery is safe to repeat.
      this.log.warn({ err: error }, 'claims could not be renewed'),
    );
  }

  private send(row: ClaimedRow): void {
    const sending = this.deliver(row).finally(() => {
      this.inFlight.delete(row.id);
      this.look();
    });
    this.inFlight.set(row.id, sending);
  }

  private async deliver(row: ClaimedRow): Promise<void> {
    const started = Date.now();
    try {
      const { resendAfterMs, reason } = await this.delivery.deliver(row);
      if (resendAfterMs !== undefined) await releaseRow(this.db, row.id, resendAfterMs, reason ?? null);
      this.log.debug(
        { command: row.id, practice: row.practiceId, type: row.type, ms: Date.now() - started },
        'delivered',
      );
    } catch (error) {
      this.log.warn(
        { command: row.id, practice: row.practiceId, type: row.type, err: error },
        'delivery will be repeated',
      );
      const delay = Math.min(30_000, 500 * 2 ** Math.min(row.attempts, 6));
      await releaseRow(this.db, row.id, delay, String(error)).catch((failed: unknown) =>
        // The lease expires by itself.
        this.log.warn({ command: row.id, err: failed }, 'row could not be released'),
      );
    }
  }
}
