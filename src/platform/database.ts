import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client';
import { Bell } from './bell';
import { BoundedPool } from './bounded-pool';
import { DATABASE_LIMITS, type DatabaseLimits } from './database-limits';

/** Prisma for rows, `pool` for the statements that Prisma can't say (claims, LISTEN). */
export interface Connections {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
}

/** The application's database. */
export interface Database extends Connections {
  readonly url: string;
  /**
   * A transaction in which `ringAfter` may be called: its listeners are told once it has committed.
   * @throws whatever `work` throws; nothing is written and nobody is told
   */
  transaction<T>(work: (tx: Rows) => Promise<T>): Promise<T>;
  /** The same in plain statements, for the few transactions that a rush of people waits for. */
  statements<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /**
   * A few connections more, for exports and totals: their statements may take longer, and are few at a time, so that
   * they never hold up the others. Made when first asked for.
   */
  reports(): Connections;
  /** How long the one has waited for a connection who has waited longest, in milliseconds; 0 when nobody waits. */
  waitedMs(): number;
  close(): Promise<void>;
}

/** Prisma inside or outside a transaction. */
export type Rows = Prisma.TransactionClient;

const REPORT_CONNECTIONS = 2;

/**
 * Opens the database. Nothing is connected until the first query; `check` in `/ready` tells whether it answers.
 * What `limits` do not allow is rejected: `DatabaseBusy`, `DatabaseSilent`, or the server's own error (`55P03` for a
 * lock, `57014` for a statement). Repeat it later. `onError` hears of connections that are lost.
 */
export function openDatabase(
  url: string,
  poolSize: number,
  onError: (error: Error) => void = () => undefined,
  limits: DatabaseLimits = DATABASE_LIMITS.worker,
): Database {
  const own = connect(url, poolSize, limits, onError);
  const bell = new Bell(own.pool);
  let reports: ReturnType<typeof connect> | undefined;
  return {
    prisma: own.prisma,
    pool: own.pool,
    url,
    transaction: (work) => bell.transaction(own.prisma, work),
    statements: (work) => bell.statements(work),
    reports: () => {
      reports ??= connect(url, REPORT_CONNECTIONS, DATABASE_LIMITS.reports, onError);
      return reports;
    },
    waitedMs: () => own.pool.waitedMs(),
    close: async () => {
      await Promise.all([own, reports].map((each) => each?.close()));
    },
  };
}

function connect(url: string, connections: number, limits: DatabaseLimits, onError: (error: Error) => void) {
  const pool = new BoundedPool(url, connections, limits, onError);
  const adapter = new PrismaPg(pool, { onPoolError: onError, onConnectionError: onError, disposeExternalPool: false });
  // The pool says more exactly than Prisma why there is no connection, so it speaks first.
  const transactionOptions = { maxWait: limits.connectionMs + 1_000, timeout: limits.transactionMs };
  const prisma = new PrismaClient({ adapter, transactionOptions });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, pool, close };
}
