import { buildApp } from '../../api/app';
import type { Config } from '../../platform/config';
import { createLogger } from '../../platform/logging';
import { buildApplication, databaseOf } from '../compose';
import { untilStopped } from '../until-stopped';

/** Serves the HTTP API until it is told to stop; then it finishes what it has begun. */
export async function api(config: Config): Promise<number> {
  const log = createLogger('api', config.logLevel);
  const db = databaseOf(config, log);
  const application = buildApplication(config, db);
  const { token } = config.metrics;
  const app = await buildApp({ application, log, ...(token !== undefined && { metricsToken: token }) });
  application.waiter.start();
  await app.listen({ host: config.api.host, port: config.api.port });
  await untilStopped();
  await app.close();
  await application.waiter.stop();
  await db.close();
  return 0;
}
