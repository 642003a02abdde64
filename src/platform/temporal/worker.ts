import { existsSync } from 'node:fs';
import {
  type BundleOptions,
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Worker,
  type WorkerOptions,
} from '@temporalio/worker';
import { QUEUES, type QueueName } from '../../domain/queues';
import { BUNDLE_PATH } from './bundle';
import type { TemporalAddress } from './client';
import { maskFailures } from './failures';

export interface WorkersOptions extends TemporalAddress {
  readonly activities: Readonly<Record<QueueName, object>>;
  /** Put before every queue's name; empty in production. */
  readonly queuePrefix: string;
  readonly bundle?: WorkerOptions['workflowBundle'];
  readonly maxCachedWorkflows?: number;
  readonly graceMs?: number;
}

export interface Workers {
  /** Resolves when every worker has stopped after `stop`; rejects when one fails. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
  /** True while every worker polls. */
  running(): boolean;
}

/** Slots per queue: workflows and projections are ours; outside systems get what they bear. */
const SLOTS: Readonly<Record<QueueName, number>> = {
  practice: 60,
  documents: 4,
  protocollo: 20,
  payments: 20,
  notifications: 20,
};

/**
 * Practices that a worker remembers between two tasks: some 0.4 MB each. One that is forgotten is read again from its
 * history when something happens to it, which takes about 50 ms.
 */
export const CACHED_PRACTICES = 500;

/** One worker per queue over one connection. Rejects when the engine can't be reached or has no such namespace. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const connection = await NativeConnection.connect({ address: options.address });
  const workflowBundle = options.bundle ?? (await defaultBundle());
  const workers = await Promise.all(
    QUEUES.map((queue) =>
      Worker.create({
        connection,
        namespace: options.namespace,
        taskQueue: `${options.queuePrefix}${queue}`,
        activities: options.activities[queue],
        interceptors: { activity: [maskFailures] },
        maxConcurrentActivityTaskExecutions: SLOTS[queue],
        shutdownGraceTime: options.graceMs ?? 30_000,
        shutdownForceTime: (options.graceMs ?? 30_000) * 2,
        ...(queue === 'practice' && {
          workflowBundle,
          maxConcurrentWorkflowTaskExecutions: 40,
          // On a starved machine a first activation may take long; to be killed in the middle would take the process along.
          isolateExecutionTimeout: '30s',
          maxCachedWorkflows: options.maxCachedWorkflows ?? CACHED_PRACTICES,
        }),
      }),
    ),
  );
  const done = Promise.all(workers.map((worker) => worker.run()))
    .finally(() => connection.close())
    .then(() => undefined);
  // A failure is told by `done`; without this a rejection before somebody awaits it would end the process.
  done.catch(() => undefined);
  return {
    done,
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
    running: () => workers.every((worker) => worker.getState() === 'RUNNING'),
  };
}

/** In development without a build it is made when the worker starts. */
async function defaultBundle(): Promise<NonNullable<WorkerOptions['workflowBundle']>> {
  return existsSync(BUNDLE_PATH) ? { codePath: BUNDLE_PATH } : bundlePractice();
}

/** Bundles the workflow code. `more` is added by tests and scripts that look into it; production adds nothing. */
export function bundlePractice(
  more: Pick<BundleOptions, 'workflowInterceptorModules' | 'webpackConfigHook'> = {},
): Promise<{ code: string }> {
  const { workflowInterceptorModules = [], ...others } = more;
  return bundleWorkflowCode({
    ...others,
    workflowsPath: require.resolve('../../workflows/index'),
    workflowInterceptorModules: [require.resolve('../../workflows/practice/unreadable'), ...workflowInterceptorModules],
    logger: new DefaultLogger('WARN'),
  });
}
