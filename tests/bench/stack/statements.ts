import pg from 'pg';
import { WATCHER_ROLE } from './engine';

/** SQL statements that a PostgreSQL has executed so far, by database; begin and commit are statements. */
export type Statements = ReadonlyMap<string, number>;

/** Counts the statements of everybody but the watcher, by `pg_stat_statements`. */
export async function statementsSoFar(adminUrl: string): Promise<Statements> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ database: string; calls: string }>(
      `SELECT d.datname AS database, sum(s.calls)::bigint AS calls
       FROM pg_stat_statements s
       JOIN pg_database d ON d.oid = s.dbid
       JOIN pg_roles r ON r.oid = s.userid
       WHERE r.rolname <> $1 AND s.toplevel
       GROUP BY d.datname`,
      [WATCHER_ROLE],
    );
    return new Map(rows.map(({ database, calls }) => [database, Number(calls)]));
  } finally {
    await client.end();
  }
}

/** How many were executed between two counts in some databases. */
export function statementsBetween(before: Statements, after: Statements, databases: readonly string[]): number {
  return databases.reduce((sum, name) => sum + (after.get(name) ?? 0) - (before.get(name) ?? 0), 0);
}
