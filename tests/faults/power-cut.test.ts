import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedTemporal, startTemporal } from '../../src/platform/engine/temporal-server';
import { provisionTemporal } from '../../src/platform/temporal/provision';
import { expectStatus, practiceInCharge } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { freePort, type ProductProcess, runProduct } from '../support/processes';
import { buildSystem, SANDBOX_SECRET, type System } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';

const NAMESPACE = 'power';
const ROUNDS = Number(process.env['ITER_FAULT_ROUNDS'] ?? '2');
const seed = Number(process.env['ITER_FAULT_SEED'] ?? Date.now() % 1_000_000);

let system: System;
let engine: EmbeddedTemporal;
let processes: readonly ProductProcess[] = [];
let env: Record<string, string>;
let engineOptions: Parameters<typeof startTemporal>[0];

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'iter-power-'));
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
  const [api, worker] = [await freePort(), await freePort()];
  env = {
    ITER_HOME: dir,
    DATABASE_URL: system.db.url,
    TEMPORAL_ADDRESS: engine.address,
    TEMPORAL_NAMESPACE: NAMESPACE,
    ITER_STORAGE_DIR: system.storeDir,
    ITER_PAYMENTS_URL: system.sandbox.url,
    ITER_PAYMENTS_SECRET: SANDBOX_SECRET,
    ITER_SMTP_URL: `smtp://127.0.0.1:${system.sandbox.smtpPort}`,
    ITER_API_PORT: String(api),
    ITER_WORKER_HEALTH_PORT: String(worker),
    ITER_LOG_LEVEL: 'error',
  };
  processes = await everythingOn();
}, 120_000);

afterAll(async () => {
  await Promise.all(processes.map((process) => process.kill()));
  await engine.stop();
  await system.stop();
});

function everythingOn(): Promise<readonly ProductProcess[]> {
  return Promise.all([
    runProduct('worker', env, `http://127.0.0.1:${env['ITER_WORKER_HEALTH_PORT']}/ready`),
    runProduct('api', env, `http://127.0.0.1:${env['ITER_API_PORT']}/ready`),
  ]);
}

/** Worker, API and engine lose their power at the same moment; PostgreSQL alone keeps what it has committed. */
async function powerCut(): Promise<void> {
  process.kill(engine.pid, 'SIGKILL');
  await Promise.all(processes.map((process) => process.kill()));
}

async function powerBack(): Promise<void> {
  engine = await startTemporal(engineOptions);
  processes = await everythingOn();
}

test('a power cut in the middle of an approval, followed by a rejection, leaves one decision that all agree on', async () => {
  process.stdout.write(`power cut: seed ${seed}, ${ROUNDS} rounds (ITER_FAULT_SEED, ITER_FAULT_ROUNDS)\n`);
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  let worstRecoveryMs = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = await practiceInCharge(system, citizen, operator);
    const { actVersion } = await expectStatus(200, operator.get(`/api/v1/practices/${id}`));
    const url = `http://127.0.0.1:${env['ITER_API_PORT']}/api/v1/practices/${id}`;
    const headers = { authorization: `Bearer ${operator.token}`, 'content-type': 'application/json' };
    const approval = fetch(`${url}/approve`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': `approve-${id}` },
      body: JSON.stringify({ actVersion }),
    }).catch(() => undefined);
    // Somewhere between the first byte and the last projection of the approval.
    await new Promise((resolve) => setTimeout(resolve, ((seed + round * 37) % 11) * 20));
    await powerCut();
    await approval;
    await powerBack();
    const wellAgain = Date.now();
    const rejection = await fetch(`${url}/reject`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': `reject-${id}` },
      body: JSON.stringify({ actVersion, message: 'Il veicolo non risulta intestato al richiedente.' }),
    });
    expect([200, 202, 409]).toContain(rejection.status);
    const final = await until(
      'a decision',
      async () => {
        const { body } = await operator.get(`/api/v1/practices/${id}`);
        return ['approved', 'rejected'].includes(body.status) && body.pending.length === 0 ? body : undefined;
      },
      60_000,
    );
    worstRecoveryMs = Math.max(worstRecoveryMs, Date.now() - wellAgain);
    const rows = await system.db.prisma.inboxRow.findMany({
      where: { practiceId: id, type: { in: ['approve', 'reject'] } },
    });
    const done = rows.filter((row) => (row.outcome as { result?: string } | null)?.result === 'done');
    expect(done.map((row) => row.type)).toEqual([final.status === 'approved' ? 'approve' : 'reject']);
    await checkInvariants(system);
  }
  await conclude(system, {
    fault: 'F5',
    title: 'a power cut in the middle of an approval, followed by a rejection, leaves one decision that all agree on',
    seed,
    runs: ROUNDS,
    // Worker, API and engine each time.
    injected: 3 * ROUNDS,
    worstRecoveryMs,
  });
}, 300_000);
