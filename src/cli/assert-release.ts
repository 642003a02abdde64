import type { Logger } from 'pino';
import type { Database } from '../platform/database';
import { checkDatabaseVersion } from '../platform/release';

/**
 * Asserts that the database is that of this release, or of a newer one, of which the log tells.
 * @throws EngineError when it is behind. Any other error: the database did not answer.
 */
export async function assertRelease(db: Database, log: Logger): Promise<void> {
  const unknown = await checkDatabaseVersion(db.pool);
  if (unknown.length > 0) {
    log.warn({ migrations: unknown }, 'the database is that of a newer release: update this process soon');
  }
}
