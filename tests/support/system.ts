import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkerOptions } from '@temporalio/worker';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { type ActivitiesByQueue, createActivities } from '../../src/activities';
import type { ActivityDeps } from '../../src/activities/deps';
import type { Clock } from '../../src/activities/ports/clock';
import type { DocumentStore } from '../../src/activities/ports/document-store';
import { createPdfRenderer } from '../../src/adapters/documents/pdf-renderer';
import { createMailer } from '../../src/adapters/mail';
import { createSandboxGateway } from '../../src/adapters/payments/sandbox/client';
import { createInternalRegister } from '../../src/adapters/protocollo/internal/register';
import { createDiskStore } from '../../src/adapters/storage/disk-store';
import { buildApp } from '../../src/api/app';
import type { Application } from '../../src/application/application';
import { Delivery } from '../../src/application/inbox/delivery';
import { OutcomeWaiter } from '../../src/application/inbox/outcome-waiter';
import { InboxSender } from '../../src/application/inbox/sender';
import { Teller } from '../../src/application/mailing/teller';
import { systemClock } from '../../src/platform/clock';
import { lazyTemporalClient } from '../../src/platform/temporal/client';
import { startWorkers, type Workers } from '../../src/platform/temporal/worker';
import { buildSandbox, type Sandbox } from '../../src/sandbox/server';
import { ApiClient } from './client';
import { TEST_NAMESPACE } from './constants';
import { freshDatabase, type TestDatabase } from './database';
import { quietRuntime } from './runtime';

export const SANDBOX_SECRET = 'secret-of-the-tests';

export type Bundle = NonNullable<WorkerOptions['workflowBundle']>;

export interface SystemOptions {
  readonly clock?: Clock;
  /** Replaces some of what activities use: a register that loses its answer, a gateway that is down. */
  readonly replaceDeps?: (deps: ActivityDeps) => Partial<ActivityDeps>;
  /** Wraps activities: barriers, counters. */
  readonly wrapActivities?: (activities: ActivitiesByQueue) => ActivitiesByQueue;
  readonly historyLimit?: number;
  readonly maxCachedWorkflows?: number;
  /** Workflow code other than that of the last build; asked for at each start of the worker. */
  readonly bundle?: () => Bundle | undefined;
  readonly waitMs?: number;
  /** Another engine than the shared one: its address and namespace. */
  readonly temporal?: { readonly address: string; readonly namespace: string };
  /** Instead of a disk store of its own. */
  readonly store?: DocumentStore;
  /** Instead of a fresh copy on the shared server; dropped when the system stops. */
  readonly database?: TestDatabase;
}

/** The whole product in one process, on real servers: API, worker, sender, sandbox, each to be started and stopped apart. */
export interface System {
  readonly db: TestDatabase;
  readonly app: FastifyInstance;
  readonly application: Application;
  readonly sandbox: Sandbox;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly taskQueue: string;
  readonly storeDir: string;
  readonly client: ReturnType<typeof lazyTemporalClient>;
  /** An API client logged in as a person of the demo municipality, or of another tenant. */
  as(username: string, tenant?: string): Promise<ApiClient>;
  /** How long an act waits for its outcome before the answer is 202. */
  setWait(ms: number): void;
  startWorker(): Promise<void>;
  /** Stops workflows and activities as a shutdown does; what was in flight is finished or handed back. */
  stopWorker(): Promise<void>;
  /** One more worker beside the first, perhaps with other workflow code. It ends with the system, if not before. */
  joinWorker(bundle?: Bundle): Promise<Workers>;
  startSender(): void;
  stopSender(): Promise<void>;
  stop(): Promise<void>;
}

let systems = 0;

/** Builds everything; the API answers at once, worker and sender run when they are started. */
export async function buildSystem(options: SystemOptions = {}): Promise<System> {
  systems += 1;
  const db = options.database ?? (await freshDatabase());
  const dir = mkdtempSync(join(tmpdir(), 'iter-system-'));
  const log = pino({ level: process.env['ITER_TEST_LOG'] ?? 'silent' });
  const clock = options.clock ?? systemClock;
  const storeDir = join(dir, 'documents');
  const store = options.store ?? createDiskStore(storeDir);
  const address = process.env['ITER_TEST_TEMPORAL'] ?? '';
  const temporal = options.temporal ?? { address, namespace: TEST_NAMESPACE };
  const queuePrefix = `t${process.pid}-${systems}-${Date.now().toString(36)}-`;
  const taskQueue = `${queuePrefix}practice`;
  let app: FastifyInstance | undefined;
  const sandbox = await buildSandbox({
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    dataDir: join(dir, 'sandbox'),
    secret: SANDBOX_SECRET,
    callbackUrl: 'http://127.0.0.1:1/unused',
    logLevel: 'silent',
    now: () => new Date(clock.now()),
  });
  await sandbox.start();
  const payments = createSandboxGateway({ url: sandbox.url, secret: SANDBOX_SECRET });
  const mail = createMailer({
    smtpUrl: `smtp://127.0.0.1:${sandbox.smtpPort}`,
    from: 'Bugliano <no@bugliano.example>',
  });
  // Long, because an answer comes as soon as there is one; short only where a test wants a 202.
  let waitMs = options.waitMs ?? 20_000;
  const application: Application = {
    db,
    clock,
    store,
    renderer: createPdfRenderer(),
    payments,
    waiter: new OutcomeWaiter(db),
    publicUrl: 'http://127.0.0.1:3000',
    get waitMs() {
      return waitMs;
    },
  };
  application.waiter.start();
  app = await buildApp({ application, log, requestsPerMinute: 100_000 });
  await app.ready();
  const deps: ActivityDeps = {
    db,
    clock,
    store,
    renderer: createPdfRenderer(),
    protocollo: createInternalRegister(db, clock),
    payments,
    mail,
    log,
    publicUrl: application.publicUrl,
  };
  const working = { ...deps, ...options.replaceDeps?.(deps) };
  const activities = createActivities(working);
  const client = lazyTemporalClient(temporal);
  const { historyLimit } = options;
  const delivery = new Delivery(db, client, {
    taskQueue,
    publicUrl: application.publicUrl,
    timeoutMs: 10_000,
    ...(historyLimit !== undefined && { historyLimit }),
  });
  const joined: Workers[] = [];
  let workers: Workers | undefined;
  let teller: Teller | undefined;
  let sender: InboxSender | undefined;

  const system: System = {
    db,
    app,
    application,
    sandbox,
    temporal,
    taskQueue,
    storeDir,
    client,
    as: (username, tenant = 'bugliano') => ApiClient.logIn(system, username, tenant),
    setWait: (ms) => {
      waitMs = ms;
    },
    startWorker: async () => {
      quietRuntime();
      workers = await system.joinWorker(options.bundle?.());
      teller = new Teller(working, { batch: 10, lookEveryMs: 50 });
      teller.start();
    },
    joinWorker: async (bundle) => {
      quietRuntime();
      const more = await startWorkers({
        ...temporal,
        activities: options.wrapActivities?.(activities) ?? activities,
        queuePrefix,
        bundle: bundle ?? workflowBundle(),
        graceMs: 1_000,
        ...(options.maxCachedWorkflows !== undefined && { maxCachedWorkflows: options.maxCachedWorkflows }),
      });
      joined.push(more);
      return more;
    },
    stopWorker: async () => {
      await Promise.all([workers?.stop(), teller?.stop()]);
      workers = undefined;
      teller = undefined;
    },
    startSender: () => {
      sender = new InboxSender(db, delivery, log, { concurrency: 32, lookEveryMs: 100 });
      sender.start();
    },
    stopSender: async () => {
      await sender?.stop();
      sender = undefined;
    },
    stop: async () => {
      await system.stopSender();
      await system.stopWorker();
      await Promise.all(joined.map((worker) => worker.stop()));
      await app?.close();
      await application.waiter.stop();
      await sandbox.stop();
      mail.close();
      await client.connection.close();
      await db.drop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return system;
}

/** A system with everything running. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const system = await buildSystem(options);
  await system.startWorker();
  system.startSender();
  return system;
}

/** The bundle of the last build: the same code that production runs. */
function workflowBundle(): Bundle {
  return { codePath: join(__dirname, '..', '..', 'dist', 'workflow-bundle.js') };
}
