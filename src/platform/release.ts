import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { EngineError } from './engine/engine-error';
import { version } from './version';

const MIGRATIONS_DIR = join(__dirname, '..', '..', 'prisma', 'migrations');
const UNDEFINED_TABLE = '42P01';

/**
 * Refuses a database that lacks a migration of this release, or holds one that was begun and did not end. Newer ones are
 * welcome: migrations expand before they contract, so the release before runs against the schema after.
 * @returns names of migrations that this release does not know
 * @throws EngineError `engine.database_behind`: migrate first. Any other error: the database did not answer.
 */
export async function checkDatabaseVersion(pool: Pool): Promise<readonly string[]> {
  const applied = await appliedMigrations(pool);
  const known = readdirSync(MIGRATIONS_DIR, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const missing = known.filter((name) => !applied.has(name)).sort();
  if (missing.length > 0) {
    throw new EngineError(
      'engine.database_behind',
      `The database is not that of release ${version}: ${missing.length} of its ${known.length} migrations are missing (${missing.join(', ')}).`,
      'Run npx iter migrate with this release, then start again.',
    );
  }
  return [...applied].filter((name) => !known.includes(name)).sort();
}

/** Names of migrations that were applied to their end; none when the database is empty. */
async function appliedMigrations(pool: Pool): Promise<ReadonlySet<string>> {
  try {
    const { rows } = await pool.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE) return new Set();
    throw error;
  }
}
