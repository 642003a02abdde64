import { Socket } from 'node:net';
import pg from 'pg';
import type { DatabaseLimits } from './database-limits';

/** Who would wait behind so many others for each connection gets none. */
const WAITING_PER_CONNECTION = 50;
/** Beyond what the server itself may take: then it, or the way to it, is gone. */
const SILENCE_MARGIN_MS = 5_000;

/** No connection was free in time. Nothing was done: repeat it when there is less to do. */
export class DatabaseBusy extends Error {
  override readonly name = 'DatabaseBusy';
}

/** The server has not sent a byte for longer than it may take for anything: its connection is given up. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
}

type Taken = Parameters<pg.Pool['connect']>[0];

/**
 * Connections with an end to every wait: for one of them (`DatabaseBusy`), on the server by its own limits for locks,
 * statements and idle transactions, and for a server that is silent (`DatabaseSilent`), as after a cable is cut.
 * `onError` hears of connections that are lost; not decoration: without a listener that would end the process.
 */
export class BoundedPool extends pg.Pool {
  /** Since when each waits, the first first. */
  private readonly waiting = new Set<{ readonly since: number }>();
  private readonly mostWaiting: number;
  private readonly connectionMs: number;

  constructor(url: string, connections: number, limits: DatabaseLimits, onError: (error: Error) => void) {
    super({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: limits.connectionMs,
      lock_timeout: limits.lockMs,
      statement_timeout: limits.statementMs,
      // Held by a process that stands still: its locks must not stay.
      idle_in_transaction_session_timeout: limits.transactionMs + SILENCE_MARGIN_MS,
      keepAlive: true,
    });
    this.mostWaiting = connections * WAITING_PER_CONNECTION;
    this.connectionMs = limits.connectionMs;
    const silenceMs = limits.statementMs + SILENCE_MARGIN_MS;
    this.on('error', onError);
    this.on('connect', (client) => {
      // One that is in use has no listener of the pool.
      client.on('error', onError);
      const socket = socketOf(client);
      socket?.on('timeout', () => socket.destroy(new DatabaseSilent(`no byte from the database in ${silenceMs} ms`)));
    });
    this.on('acquire', (client) => socketOf(client)?.setTimeout(silenceMs));
    this.on('release', (_error, client) => socketOf(client)?.setTimeout(0));
  }

  /** How long the one has waited who has waited longest, in milliseconds; 0 when nobody waits. */
  waitedMs(): number {
    const [first] = this.waiting;
    return first === undefined ? 0 : Date.now() - first.since;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: NonNullable<Taken>): void;
  override connect(callback?: Taken): Promise<pg.PoolClient> | undefined {
    const taking = this.take();
    if (!callback) return taking;
    taking.then(
      (client) => callback(undefined, client, (error) => client.release(error)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
    return undefined;
  }

  private async take(): Promise<pg.PoolClient> {
    if (this.waiting.size >= this.mostWaiting) {
      throw new DatabaseBusy(`${this.waiting.size} already wait for a connection to the database`);
    }
    const place = { since: Date.now() };
    this.waiting.add(place);
    try {
      return await super.connect();
    } catch (error) {
      throw (error as Error).message === 'timeout exceeded when trying to connect'
        ? new DatabaseBusy(`no connection to the database was free in ${this.connectionMs} ms`, { cause: error })
        : error;
    } finally {
      this.waiting.delete(place);
    }
  }
}

function socketOf({ connection: { stream } }: pg.PoolClient): Socket | undefined {
  return stream instanceof Socket ? stream : undefined;
}
