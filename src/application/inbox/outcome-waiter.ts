import type { Database } from '../../platform/database';
import { PgListener } from '../../platform/listener';
import { type Outcome, readOutcome } from './outcomes';

/** How many requests may wait at once; beyond that the answer is 202 at once, so a slow engine does not fill the API. */
const MAX_WAITING = 256;
const LOOK_EVERY_MS = 250;

/** Waits for outcomes of the inbox. One connection listens for all requests of this process. */
export class OutcomeWaiter {
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly listener: PgListener;
  private count = 0;

  constructor(private readonly db: Database) {
    this.listener = new PgListener(db.url, 'iter_outcome', (id) => {
      for (const look of this.waiting.get(id) ?? []) look();
    });
  }

  start(): void {
    this.listener.start();
  }

  async stop(): Promise<void> {
    await this.listener.stop();
  }

  /** The outcome of a command, or undefined when it has none within `timeoutMs`. Rejects only if the database does. */
  async wait(commandId: string, timeoutMs: number): Promise<Outcome | undefined> {
    if (this.count >= MAX_WAITING) return this.look(commandId);
    this.count += 1;
    const deadline = Date.now() + timeoutMs;
    try {
      for (;;) {
        const woken = this.nextHint(commandId, Math.min(LOOK_EVERY_MS, Math.max(0, deadline - Date.now())));
        const outcome = await this.look(commandId);
        if (outcome || Date.now() >= deadline) return outcome;
        await woken;
      }
    } finally {
      this.count -= 1;
    }
  }

  private async look(commandId: string): Promise<Outcome | undefined> {
    const row = await this.db.prisma.inboxRow.findUnique({ where: { id: commandId }, select: { outcome: true } });
    return readOutcome(row?.outcome);
  }

  private nextHint(commandId: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const hints = this.waiting.get(commandId) ?? new Set();
      this.waiting.set(commandId, hints);
      const finish = () => {
        clearTimeout(timer);
        hints.delete(finish);
        if (hints.size === 0) this.waiting.delete(commandId);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      hints.add(finish);
    });
  }
}
