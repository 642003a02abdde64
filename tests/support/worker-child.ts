/**
 * A worker and its sender in a process of their own, so that a test can kill it for good. Started by `spawnWorker`.
 * It can hold after a projection has committed and before the engine hears of it: the moment that once lost an act.
 */
import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino from 'pino';
import { createActivities } from '../../src/activities';
import { createPdfRenderer } from '../../src/adapters/documents/pdf-renderer';
import { createMailer } from '../../src/adapters/mail';
import { createSandboxGateway } from '../../src/adapters/payments/sandbox/client';
import { createInternalRegister } from '../../src/adapters/protocollo/internal/register';
import { createDiskStore } from '../../src/adapters/storage/disk-store';
import { Delivery } from '../../src/application/inbox/delivery';
import { InboxSender } from '../../src/application/inbox/sender';
import { systemClock } from '../../src/platform/clock';
import { openDatabase } from '../../src/platform/database';
import { lazyTemporalClient } from '../../src/platform/temporal/client';
import { startWorkers } from '../../src/platform/temporal/worker';

export interface ChildOptions {
  readonly databaseUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly taskQueue: string;
  readonly storeDir: string;
  readonly sandboxUrl: string;
  readonly sandboxSecret: string;
  readonly smtpPort: number;
  readonly bundlePath: string;
  readonly publicUrl: string;
  /** Type of the event after whose projection the process stands still. */
  readonly holdAfter?: string;
  /** Event before whose projection it stands still: nothing has been written. */
  readonly holdBefore?: string;
}

async function main(options: ChildOptions): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  const db = openDatabase(options.databaseUrl, 10);
  const log = pino({ level: 'silent' });
  const activities = createActivities({
    db,
    clock: systemClock,
    store: createDiskStore(options.storeDir),
    renderer: createPdfRenderer(),
    protocollo: createInternalRegister(db, systemClock),
    payments: createSandboxGateway({ url: options.sandboxUrl, secret: options.sandboxSecret }),
    mail: createMailer({ smtpUrl: `smtp://127.0.0.1:${options.smtpPort}`, from: 'Bugliano <no@bugliano.example>' }),
    log,
    publicUrl: options.publicUrl,
  });
  const { project } = activities.practice;
  activities.practice.project = async (batch) => {
    const types = batch.events.map((event) => event.type as string);
    if (options.holdBefore && types.includes(options.holdBefore)) await standStill();
    const projected = await project(batch);
    if (options.holdAfter && types.includes(options.holdAfter)) await standStill();
    return projected;
  };
  await startWorkers({
    ...options.temporal,
    activities,
    queuePrefix: options.taskQueue.replace(/practice$/, ''),
    bundle: { codePath: options.bundlePath },
  });
  const { taskQueue, publicUrl } = options;
  const delivery = new Delivery(db, lazyTemporalClient(options.temporal), { taskQueue, publicUrl, timeoutMs: 10_000 });
  new InboxSender(db, delivery, log, { concurrency: 32, lookEveryMs: 100 }).start();
  process.send?.('ready');
}

async function standStill(): Promise<never> {
  process.send?.('held');
  return new Promise<never>(() => undefined);
}

void main(JSON.parse(process.env['ITER_TEST_CHILD'] ?? '{}'));
