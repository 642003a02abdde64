import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedTemporal, startTemporal } from '../../src/platform/engine/temporal-server';
import { provisionTemporal } from '../../src/platform/temporal/provision';
import { completeDraft, expectStatus, pay, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { freePort } from '../support/processes';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';

const NAMESPACE = 'down';
const APPLICATIONS = 20;

let system: System;
let engine: EmbeddedTemporal;
let engineOptions: Parameters<typeof startTemporal>[0];

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'iter-down-'));
  engineOptions = {
    binary: process.env['ITER_TEST_TEMPORAL_BINARY'] ?? '',
    dbFile: join(dir, 'temporal.db'),
    port: await freePort(),
    namespace: NAMESPACE,
    logFile: join(dir, 'temporal.log'),
  };
  engine = await startTemporal(engineOptions);
  const temporal = { address: engine.address, namespace: NAMESPACE };
  await provisionTemporal(temporal);
  system = await buildSystem({ temporal });
  await system.startWorker();
  system.startSender();
}, 120_000);

afterEach(() => checkInvariants(system));

afterAll(async () => {
  await system.stop();
  await engine.stop();
});

test('with the engine down every application is accepted with a dated receipt, and each is carried out once when it is back', async () => {
  const citizen = await system.as('giulia.bianchi');
  process.kill(engine.pid, 'SIGKILL');
  system.setWait(50);
  const ids = await Promise.all(Array.from({ length: APPLICATIONS }, () => completeDraft(citizen)));
  const receipts = await Promise.all(
    ids.map((id) => expectStatus(202, citizen.post(`/api/v1/practices/${id}/submit`))),
  );
  expect(receipts).toEqual(
    ids.map((practiceId) => ({
      commandId: expect.any(String),
      practiceId,
      receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      status: 'pending',
      href: expect.stringMatching(/^\/api\/v1\/commands\//),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })),
  );

  engine = await startTemporal(engineOptions);
  const wellAgain = Date.now();
  for (const receipt of receipts) {
    const outcome = await until('the outcome', async () => (await citizen.get(receipt.href)).body.outcome, 60_000);
    expect(outcome).toMatchObject({ result: 'done', status: 'awaitingPayment' });
  }
  const worstRecoveryMs = Date.now() - wellAgain;
  const submitted = await system.db.prisma.practiceEventRow.groupBy({
    by: ['practiceId'],
    where: { type: 'paymentRequested' },
    _count: true,
  });
  expect(submitted.map((row) => row._count)).toEqual(Array.from({ length: APPLICATIONS }, () => 1));
  // And life goes on: the first of them is paid and registered.
  const [first = ''] = ids;
  await until(
    'the position',
    async () => (await citizen.get(`/api/v1/practices/${first}`)).body.payment?.status === 'open',
  );
  await pay(system, first);
  await reach(citizen, first, 'registered');
  await conclude(system, {
    fault: 'F5',
    title: 'with the engine down every application is accepted with a dated receipt, and each is carried out once',
    seed: undefined,
    runs: APPLICATIONS,
    injected: 1,
    worstRecoveryMs,
  });
}, 180_000);
