import type { Administration } from '../../application/administration/administration';
import { systemClock } from '../../platform/clock';
import type { Config } from '../../platform/config';
import { createLogger } from '../../platform/logging';
import { lazyTemporalClient } from '../../platform/temporal/client';
import { databaseOf } from '../compose';

/** Queue of the workflow, as the worker and its sender use it. */
const TASK_QUEUE = 'practice';

/** Runs an administrator's command over database and engine, and closes both whatever happens. */
export async function withAdministration(
  config: Config,
  work: (admin: Administration) => Promise<number>,
): Promise<number> {
  // What is wrong is printed for the person at the keyboard; a log line between would spoil `--json`.
  const db = databaseOf(config, createLogger('admin', 'silent'), 'command');
  const client = lazyTemporalClient(config.temporal);
  try {
    return await work({
      db,
      client,
      clock: systemClock,
      start: { taskQueue: TASK_QUEUE, publicUrl: config.api.publicUrl },
    });
  } finally {
    await client.connection.close();
    await db.close();
  }
}
