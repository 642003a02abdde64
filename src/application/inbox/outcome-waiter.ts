import type { Database } from '../../platform/database';
import { PgListener } from '../../platform/listener';
import { type Outcome, readOutcome } from './outcomes';
import { Patience } from './patience';

/** How many requests may wait at once; beyond that the answer is 202 at once, so a slow engine does not fill the API. */
const MAX_WAITING = 256;
const LOOK_EVERY_MS = 250;
const OUTCOMES = 'SELECT id, outcome FROM inbox WHERE id = ANY ($1::uuid[]) AND outcome IS NOT NULL';

interface Waiting {
  readonly commandId: string;
  readonly resolve: (outcome: Outcome | undefined) => void;
}

/**
 * Waits for outcomes of the inbox. One connection listens for all requests of this process, and one question asks for
 * all that wait: asked one by one, those who wait would take the database from those who arrive.
 */
export class OutcomeWaiter {
  private readonly waiting = new Set<Waiting>();
  /** Commands to ask for at the next look. */
  private readonly wanted = new Set<string>();
  private readonly listener: PgListener;
  private readonly patience = new Patience();
  private looking = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: Database) {
    this.listener = new PgListener(db.url, 'iter_outcome', (id) => (id ? this.lookFor([id]) : this.lookForAll()));
  }

  start(): void {
    this.listener.start();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.listener.stop();
  }

  /**
   * The outcome of a command, or undefined when none is known within `timeoutMs`. Never rejects: whoever waits has an act
   * that is safe, and a database that can't be asked for a moment does not change that.
   */
  async wait(commandId: string, timeoutMs: number): Promise<Outcome | undefined> {
    if (timeoutMs <= 0 || this.waiting.size >= MAX_WAITING) return (await this.outcomesOf([commandId])).get(commandId);
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timeout);
        this.waiting.delete(waiting);
        if (this.waiting.size === 0) this.rest();
      };
      const waiting: Waiting = {
        commandId,
        resolve: (outcome) => {
          finish();
          wait.ended(outcome ? 'came' : 'inVain');
          resolve(outcome);
        },
      };
      const wait = this.patience.begin(timeoutMs, this.waiting.size);
      const timeout = setTimeout(() => waiting.resolve(undefined), wait.ms);
      this.waiting.add(waiting);
      this.timer ??= setInterval(() => this.lookForAll(), LOOK_EVERY_MS);
      this.lookFor([commandId]);
    });
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private lookForAll(): void {
    this.lookFor([...this.waiting].map(({ commandId }) => commandId));
  }

  /** Asks soon; what is wanted while a question is under way goes with the next. */
  private lookFor(commandIds: readonly string[]): void {
    for (const id of commandIds) this.wanted.add(id);
    if (!this.looking) void this.look();
  }

  private async look(): Promise<void> {
    this.looking = true;
    while (this.wanted.size > 0) {
      const asked = [...this.waiting].filter(({ commandId }) => this.wanted.has(commandId));
      this.wanted.clear();
      if (asked.length === 0) break;
      const outcomes = await this.outcomesOf(asked.map(({ commandId }) => commandId));
      for (const { commandId, resolve } of asked) {
        const outcome = outcomes.get(commandId);
        if (outcome) resolve(outcome);
      }
    }
    this.looking = false;
  }

  private async outcomesOf(commandIds: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
    const { rows } = await this.db.pool
      .query<{ readonly id: string; readonly outcome: unknown }>({
        name: 'outcomes',
        text: OUTCOMES,
        values: [commandIds],
      })
      .catch(() => ({ rows: [] }));
    return new Map(rows.flatMap(({ id, outcome }) => [[id, readOutcome(outcome) as Outcome]] as const));
  }
}
