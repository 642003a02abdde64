/**
 * A process that does the steps of practices for one rung of the ladder, as the product's worker does for its own. Started
 * by `Helper`; told what to do by its environment.
 */
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Runtime } from '@temporalio/worker';
import type { QueueName } from '../../../src/domain/queues';
import { openDatabase } from '../../../src/platform/database';
import { startWorkers } from '../../../src/platform/temporal/worker';
import type { ChildOptions, FromChild } from './child-messages';
import { startDbos } from './dbos';
import { startPgBoss } from './pg-boss';
import { Projector } from './projections';

/** Does an activity and says so where somebody waits for it. */
export type DoStep = (practice: string, activity: number) => Promise<void>;

async function main(options: ChildOptions): Promise<void> {
  // The generator is gone, and with it all reason to live.
  process.once('disconnect', () => process.exit(0));
  const told = new Set(options.told);
  const { projections } = options;
  const projector =
    projections && (await Projector.over(openDatabase(projections.databaseUrl, 10), projections.recorded));
  const step: DoStep = async (practice, activity) => {
    await projector?.project(practice, activity);
    if (told.has(activity)) say({ say: 'done', practice, activity });
  };
  if (options.engine === 'temporal') await startTemporalWorkers(options, step);
  if (options.engine === 'pgBoss') await startPgBoss(options, step, say);
  if (options.engine === 'dbos') await startDbos(options, step, say);
  say({ say: 'ready' });
}

function say(message: FromChild): void {
  process.send?.(message);
}

/** The product's own workers (queues, slots, cache) with other workflow code and other activities. */
async function startTemporalWorkers({ temporal }: ChildOptions, step: DoStep): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const activities = {
    step: ({ practice, activity }: { readonly practice: string; readonly activity: number }) =>
      step(practice, activity),
  };
  const byQueue: Record<QueueName, object> = {
    practice: activities,
    documents: activities,
    protocollo: activities,
    payments: activities,
    notifications: activities,
  };
  const bundle = await bundleWorkflowCode({
    workflowsPath: join(__dirname, '..', 'workflows', 'index.ts'),
    logger: new DefaultLogger('WARN'),
  });
  await startWorkers({ ...temporal, activities: byQueue, queuePrefix: 'bench-', bundle });
}

void main(JSON.parse(process.env['ITER_BENCH_CHILD'] ?? '{}'));
