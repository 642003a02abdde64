import type pg from 'pg';
import type { Prisma, PrismaClient } from '../generated/prisma/client';

/** What processes tell each other through PostgreSQL: a row of the inbox has come, an act has its outcome. */
export type Channel = 'iter_inbox' | 'iter_outcome';

interface Ring {
  readonly channel: Channel;
  readonly payload: string;
}

/** What is said: a text, or one that depends on how long the transaction took, from the wait for its connection on. */
type Payload = string | ((tookMs: number) => string);

interface Told {
  readonly channel: Channel;
  readonly payload: Payload;
}

/** Rings that wait for the commit of their transaction. */
const waiting = new WeakMap<object, Told[]>();

/**
 * Rings when the transaction has committed. A notification inside it would hold a lock of the whole server during its
 * commit: all that arrives and all that is decided would be written one after the other.
 * @throws Error when the transaction was begun neither by `Database.transaction` nor by `Database.statements`
 */
export function ringAfter(tx: object, channel: Channel, payload: Payload = ''): void {
  const rings = waiting.get(tx);
  if (!rings) throw new Error('whoever rings must be in a transaction begun by `Database.transaction`');
  rings.push({ channel, payload });
}

/** Tells listeners that there is something to look at. A ring may be lost with its process: listeners look by themselves too. */
export class Bell {
  private rings: Ring[] = [];
  private ringing = false;

  constructor(private readonly pool: pg.Pool) {}

  /** Runs a transaction of Prisma and rings, once it has committed, for all that `ringAfter` was told in it. */
  async transaction<T>(prisma: PrismaClient, work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
    const begun = performance.now();
    let told: Told[] = [];
    const result = await prisma.$transaction(async (tx) => {
      told = [];
      waiting.set(tx, told);
      return work(tx);
    });
    this.ringFor(told, performance.now() - begun);
    return result;
  }

  /** The same for a transaction of plain statements. */
  async statements<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const begun = performance.now();
    const client = await this.pool.connect();
    const told: Told[] = [];
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      waiting.set(client, told);
      const result = await work(client);
      await client.query('COMMIT');
      this.ringFor(told, performance.now() - begun);
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failed: Error) => {
        broken = failed;
      });
      throw error;
    } finally {
      waiting.delete(client);
      client.release(broken);
    }
  }

  private ringFor(told: readonly Told[], tookMs: number): void {
    for (const { channel, payload } of told) {
      this.rings.push({ channel, payload: typeof payload === 'string' ? payload : payload(tookMs) });
    }
    void this.ring();
  }

  /** One statement at a time: what comes meanwhile goes with the next, each word once. */
  private async ring(): Promise<void> {
    if (this.ringing || this.rings.length === 0) return;
    this.ringing = true;
    try {
      while (this.rings.length > 0) {
        const rings = new Map(this.rings.splice(0).map((ring) => [`${ring.channel} ${ring.payload}`, ring]));
        const [channels, payloads] = [
          [...rings.values()].map((r) => r.channel),
          [...rings.values()].map((r) => r.payload),
        ];
        await this.pool.query({ name: 'ring', text: RING, values: [channels, payloads] });
      }
    } catch {
      // Whoever waits looks by itself soon; the database that failed is noticed by those who need an answer.
    } finally {
      this.ringing = false;
    }
  }
}

/** There is nothing to keep, so nobody need wait for the disk. */
const RING = `SELECT set_config('synchronous_commit', 'off', true), pg_notify(channel, payload)
  FROM unnest($1::text[], $2::text[]) AS ring (channel, payload)`;
