import { constants, getPriority, setPriority } from 'node:os';
import { Runtime } from '@temporalio/worker';
import { createActivities } from '../../activities';
import { Delivery } from '../../application/inbox/delivery';
import { InboxSender } from '../../application/inbox/sender';
import { OperatorNotices } from '../../application/mailing/operator-notices';
import { Postman } from '../../application/mailing/postman';
import { Teller } from '../../application/mailing/teller';
import type { Config } from '../../platform/config';
import { EngineError } from '../../platform/engine/engine-error';
import { createLogger } from '../../platform/logging';
import { sdkTelemetry } from '../../platform/metrics';
import { checkBundle } from '../../platform/temporal/bundle';
import { lazyTemporalClient } from '../../platform/temporal/client';
import { checkProvisioned } from '../../platform/temporal/provisioned';
import { startWorkers, type Workers } from '../../platform/temporal/worker';
import { assertRelease } from '../assert-release';
import { buildActivityDeps, databaseOf } from '../compose';
import { untilStopped } from '../until-stopped';
import { workerHealth } from '../worker-health';

const { PRIORITY_BELOW_NORMAL } = constants.priority;

/**
 * Runs workflows, activities and the inbox's sender until it is told to stop. An engine that does not answer yet is
 * waited for: the order in which processes start does not matter.
 */
export async function worker(config: Config): Promise<number> {
  checkBundle();
  // Before threads are made, which inherit it: on a machine of both, what arrives goes before what is carried out.
  if (getPriority() < PRIORITY_BELOW_NORMAL) setPriority(PRIORITY_BELOW_NORMAL);
  const log = createLogger('worker', config.logLevel);
  // Signals are ours: the sender stops first, then the workers.
  const { token, sdkPort } = config.metrics;
  Runtime.install({ shutdownSignals: [], logger: temporalLogger(log), telemetryOptions: sdkTelemetry(sdkPort) });
  const db = databaseOf(config, log, 'worker');
  const deps = buildActivityDeps(config, db, log);
  const client = lazyTemporalClient(config.temporal);
  const delivery = new Delivery(db, client, {
    taskQueue: 'practice',
    publicUrl: config.api.publicUrl,
    timeoutMs: 20_000,
  });
  const sender = new InboxSender(db, delivery, log);
  let workers: Workers | undefined;
  const stop = untilStopped();
  const postman = new Postman(db, deps.mail, deps.store, deps.clock, log);
  const teller = new Teller(deps);
  const notices = new OperatorNotices(db, deps.clock, log, config.api.publicUrl);
  const health = workerHealth({
    db,
    running: () => workers?.running() ?? false,
    metricsToken: token,
    sdkMetricsPort: sdkPort,
  });
  health.listen(config.worker.healthPort, '127.0.0.1');
  const begin = async (): Promise<Workers> => {
    await assertRelease(db, log);
    await checkProvisioned(config.temporal);
    return startWorkers({ ...config.temporal, activities: createActivities(deps), queuePrefix: '' });
  };
  workers = await whenReady(stop, log, begin).catch(async (error) => {
    health.close();
    deps.close();
    await db.close();
    throw error;
  });
  let code = 0;
  if (workers) {
    sender.start();
    postman.start();
    teller.start();
    notices.start();
    log.info({ namespace: config.temporal.namespace }, 'worker ready');
    code = await Promise.race([stop.then(() => 0), workers.done.then(() => 1, fatal(log))]);
    await Promise.all([sender.stop(), postman.stop(), teller.stop(), notices.stop()]);
    await workers.stop().catch(fatal(log));
  }
  health.close();
  deps.close();
  await client.connection.close();
  await db.close();
  return code;
}

/** Waits for a database and an engine that do not answer yet; what no waiting cures is thrown. */
async function whenReady(
  stop: Promise<void>,
  log: ReturnType<typeof createLogger>,
  start: () => Promise<Workers>,
): Promise<Workers | undefined> {
  let stopped = false;
  void stop.then(() => {
    stopped = true;
  });
  while (!stopped) {
    try {
      return await start();
    } catch (error) {
      if (error instanceof EngineError) throw error;
      log.warn({ err: error }, 'the database or the engine does not answer yet');
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
  return undefined;
}

function fatal(log: ReturnType<typeof createLogger>): (error: unknown) => number {
  return (error) => {
    log.fatal({ err: error }, 'worker failed');
    return 1;
  };
}

/** The SDK's own messages, as JSON lines like ours. */
function temporalLogger(log: ReturnType<typeof createLogger>) {
  const at = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level]({ ...meta }, message);
  return {
    trace: at('trace'),
    debug: at('debug'),
    info: at('debug'),
    warn: at('warn'),
    error: at('error'),
    log: (_level: string, message: string, meta?: object) => log.debug({ ...meta }, message),
  };
}
