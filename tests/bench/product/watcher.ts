import pg from 'pg';

/** How soon the generator sees what can be seen, on every rung of the ladder. */
export const LOOK_EVERY_MS = 20;

/** A practice as the database shows it. */
export interface Seen {
  readonly id: string;
  readonly status: string;
  /** State of its last payment position. */
  readonly payment: string | null;
}

interface Waiting {
  readonly wanted: (seen: Seen) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  readonly until: number;
  readonly what: string;
}

/**
 * Tells when practices have come where somebody waits for them: one query for all of them every twenty milliseconds,
 * on a connection of its own. Asking the API once for each would be the load that is to be measured.
 */
export class Watcher {
  private readonly waiting = new Map<string, Waiting>();
  private timer: NodeJS.Timeout | undefined;
  private looking = Promise.resolve();

  private constructor(private readonly client: pg.Client) {}

  static async connect(url: string): Promise<Watcher> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const watcher = new Watcher(client);
    client.on('error', (error) => watcher.fail(error));
    watcher.schedule();
    return watcher;
  }

  /** Waits until a practice is as wanted; one at a time for each. Rejects after `limitMs`. */
  until(id: string, what: string, wanted: (seen: Seen) => boolean, limitMs = 120_000): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { wanted, resolve, reject, what, until: performance.now() + limitMs });
    });
  }

  /** Asks something else of the same database. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.client.query<Row>(sql, [...values])).rows;
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.looking;
    await this.client.end();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.looking = this.look().then(
        () => this.schedule(),
        (error: Error) => this.fail(error),
      );
    }, LOOK_EVERY_MS);
  }

  private async look(): Promise<void> {
    if (this.waiting.size === 0) return;
    const { rows } = await this.client.query<Seen>({
      name: 'watch',
      text: `SELECT id, status, (SELECT status FROM payment WHERE practice_id = practice.id ORDER BY ordinal DESC LIMIT 1) AS payment
             FROM practice WHERE id = ANY ($1::uuid[])`,
      values: [[...this.waiting.keys()]],
    });
    const now = performance.now();
    for (const seen of rows) {
      const waiting = this.waiting.get(seen.id);
      if (!waiting) continue;
      const { wanted, resolve, reject, until, what } = waiting;
      if (wanted(seen)) {
        this.waiting.delete(seen.id);
        resolve();
      } else if (now > until) {
        this.waiting.delete(seen.id);
        reject(new Error(`waited in vain for practice ${seen.id} ${what}; it is ${seen.status}, ${seen.payment}`));
      }
    }
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
