/** How long a process waits for its database before it gives up, in milliseconds. */
export interface DatabaseLimits {
  /** For a connection: when all are in use, and when a new one has to be made. */
  readonly connectionMs: number;
  /** For a lock that another transaction holds. The server ends the statement. */
  readonly lockMs: number;
  /** For one statement. The server ends it. */
  readonly statementMs: number;
  /** For one transaction, from its first statement to its commit. */
  readonly transactionMs: number;
}

/**
 * By who waits. People wait for the API: what it can't have soon it refuses, to be repeated. Activities of the worker are
 * repeated by themselves, and a projection that has begun had better end. Commands of an administrator read everything.
 */
export const DATABASE_LIMITS = {
  api: { connectionMs: 4_000, lockMs: 2_000, statementMs: 6_000, transactionMs: 10_000 },
  /** Exports and totals over everything that matches, beside the API's own connections. */
  reports: { connectionMs: 10_000, lockMs: 3_000, statementMs: 60_000, transactionMs: 60_000 },
  worker: { connectionMs: 5_000, lockMs: 5_000, statementMs: 20_000, transactionMs: 10_000 },
  command: { connectionMs: 10_000, lockMs: 10_000, statementMs: 600_000, transactionMs: 10_000 },
} as const satisfies Record<string, DatabaseLimits>;
