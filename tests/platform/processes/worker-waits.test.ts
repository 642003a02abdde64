import { mkdtempSync, rmSync } from 'node:fs';
import { constants, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_NAMESPACE } from '../../support/constants';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { answerOn, portOf } from '../../support/late-server';
import { freePort, type ProductProcess, runProduct } from '../../support/processes';
import { until } from '../../support/until';

const home = mkdtempSync(join(tmpdir(), 'iter-waits-'));
let db: TestDatabase;
let worker: ProductProcess;
let silence: (() => Promise<void>) | undefined;

beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(async () => {
  await worker?.kill();
  await silence?.();
  await db.drop();
  rmSync(home, { recursive: true, force: true });
});

test('a worker waits for an engine that does not answer yet, works when it does, and ends well when it is told to', async () => {
  const [enginePort, healthPort] = [await freePort(), await freePort()];
  const at = (path: string) => `http://127.0.0.1:${healthPort}${path}`;
  const env = {
    ITER_HOME: home,
    DATABASE_URL: db.url,
    TEMPORAL_ADDRESS: `127.0.0.1:${enginePort}`,
    TEMPORAL_NAMESPACE: TEST_NAMESPACE,
    ITER_WORKER_HEALTH_PORT: String(healthPort),
    ITER_LOG_LEVEL: 'warn',
  };
  worker = await runProduct('worker', env, at('/metrics'));
  await until('its second attempt', () => worker.output().split('does not answer yet').length > 2, 60_000);
  expect((await fetch(at('/ready'))).status).toBe(503);

  silence = await answerOn(enginePort, portOf(process.env['ITER_TEST_TEMPORAL'] ?? ''));
  await until('the worker to be ready', async () => (await fetch(at('/ready')).catch(() => undefined))?.ok, 60_000);
  // Where both run on one machine, what arrives goes before what is carried out.
  expect(getPriority(worker.pid)).toBe(constants.priority.PRIORITY_BELOW_NORMAL);
  expect(await worker.terminate()).toEqual({ code: 0, signal: null });
});
