import { buildApp } from '../../api/app';
import type { Config } from '../../platform/config';
import type { Database } from '../../platform/database';
import { EngineError } from '../../platform/engine/engine-error';
import { createLogger } from '../../platform/logging';
import { assertRelease } from '../assert-release';
import { buildApplication, databaseOf } from '../compose';
import { untilStopped } from '../until-stopped';

type Log = ReturnType<typeof createLogger>;

const LOOK_AGAIN_MS = 1_000;

/**
 * Serves the HTTP API until it is told to stop; then it finishes what it has begun. A database that does not answer is
 * waited for: what is asked meanwhile gets 503.
 * @throws EngineError as soon as the database answers and is not that of this release: migrate it first.
 */
export async function api(config: Config): Promise<number> {
  const log = createLogger('api', config.logLevel);
  const db = databaseOf(config, log, 'api');
  const application = buildApplication(config, db);
  const { token } = config.metrics;
  const app = await buildApp({ application, log, ...(token !== undefined && { metricsToken: token }) });
  const stop = untilStopped();
  try {
    const known = await releaseKnown(db, log);
    application.waiter.start();
    await app.listen({ host: config.api.host, port: config.api.port });
    await (known ? stop : Promise.race([stop, refusedLater(db, log, stop)]));
  } finally {
    await app.close();
    await application.waiter.stop();
    await db.close();
  }
  return 0;
}

/** Rejects when the database that did not answer at first is not that of this release; never resolves. */
async function refusedLater(db: Database, log: Log, stop: Promise<void>): Promise<never> {
  let stopped = false;
  void stop.then(() => {
    stopped = true;
  });
  while (!stopped && !(await releaseKnown(db, log))) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  return new Promise<never>(() => undefined);
}

/** False while the database does not answer. @throws EngineError when it is not that of this release */
async function releaseKnown(db: Database, log: Log): Promise<boolean> {
  try {
    await assertRelease(db, log);
    return true;
  } catch (error) {
    if (error instanceof EngineError) throw error;
    log.warn({ err: error }, 'the database does not answer yet');
    return false;
  }
}
