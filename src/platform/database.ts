import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from '../generated/prisma/client';

/** The application's database: Prisma for rows, `pool` for the statements that Prisma can't say (claims, LISTEN). */
export interface Database {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}

/** Prisma inside or outside a transaction. */
export type Rows = Prisma.TransactionClient;

/**
 * Opens the database. Nothing is connected until the first query; `check` in `/ready` tells whether it answers.
 * The error listener is not decoration: a cut idle connection without one would end the process.
 */
export function openDatabase(
  url: string,
  poolSize: number,
  onError: (error: Error) => void = () => undefined,
): Database {
  const pool = new pg.Pool({ connectionString: url, max: poolSize, connectionTimeoutMillis: 5_000 });
  pool.on('error', onError);
  const adapter = new PrismaPg(pool, { onPoolError: onError, onConnectionError: onError, disposeExternalPool: false });
  const prisma = new PrismaClient({ adapter, transactionOptions: { maxWait: 5_000, timeout: 10_000 } });
  return {
    prisma,
    pool,
    url,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
