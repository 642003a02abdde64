/**
 * A worker with its sender and teller in a process of their own, so that a test can kill it for good. Started by
 * `spawnWorker`, which tells it where to stand still: before or after a projection has committed, before or after a call
 * to another system has succeeded.
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
import { Teller } from '../../src/application/mailing/teller';
import { systemClock } from '../../src/platform/clock';
import { openDatabase } from '../../src/platform/database';
import { lazyTemporalClient } from '../../src/platform/temporal/client';
import { startWorkers } from '../../src/platform/temporal/worker';
import { HoldPoints } from './hold-points';

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
}

/** What the test says, and what the worker says: one key of a place each. */
export type ChildOrder = { readonly hold: string };
export type ChildNews = { readonly ready: true } | { readonly willHold: string } | { readonly held: string };

async function main(options: ChildOptions): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  const db = openDatabase(options.databaseUrl, 10);
  const log = pino({ level: 'silent' });
  const places = new HoldPoints((held) => say({ held }));
  process.on('message', ({ hold }: ChildOrder) => {
    places.want(hold);
    say({ willHold: hold });
  });
  const deps = places.outside({
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
  await startWorkers({
    ...options.temporal,
    activities: places.projections(createActivities(deps)),
    queuePrefix: options.taskQueue.replace(/practice$/, ''),
    bundle: { codePath: options.bundlePath },
  });
  const { taskQueue, publicUrl } = options;
  const delivery = new Delivery(db, lazyTemporalClient(options.temporal), { taskQueue, publicUrl, timeoutMs: 10_000 });
  new InboxSender(db, delivery, log, { concurrency: 32, lookEveryMs: 100 }).start();
  new Teller(deps, { batch: 10, lookEveryMs: 50 }).start();
  say({ ready: true });
}

function say(news: ChildNews): void {
  process.send?.(news);
}

void main(JSON.parse(process.env['ITER_TEST_CHILD'] ?? '{}'));
