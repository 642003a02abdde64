import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { freePort } from '../../support/processes';
import { refused } from '../../support/refused';
import { until } from '../../support/until';

const address = process.env['ITER_TEST_TEMPORAL'] ?? '';
const home = mkdtempSync(join(tmpdir(), 'iter-refused-'));
let db: TestDatabase;

beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(async () => {
  await db.drop();
  rmSync(home, { recursive: true, force: true });
});

async function workerIn(namespace: string) {
  return refused('worker', {
    ITER_HOME: home,
    DATABASE_URL: db.url,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    ITER_WORKER_HEALTH_PORT: String(await freePort()),
  });
}

const REMEDY = 'Correct TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, or run npx iter provision, then start again.';

test('a worker ends at once where the cluster has no such namespace, and says which', async () => {
  expect(await workerIn('of-somebody-else')).toEqual({
    code: 1,
    output: `The Temporal cluster at ${address} has no namespace of-somebody-else.\n${REMEDY} [engine.namespace_unusable]`,
  });
});

test('a worker ends at once where the namespace was not provisioned, and names the search attributes that are missing', async () => {
  const namespace = `bare-${Date.now().toString(36)}`;
  await makeBareNamespace(namespace);
  const names = 'Tenant, Code, PracticeStatus, Service, Office, LegalDeadline, Attention';
  expect(await workerIn(namespace)).toEqual({
    code: 1,
    output: `The namespace ${namespace} at ${address} lacks search attributes that practices need: ${names}.\n${REMEDY} [engine.namespace_unusable]`,
  });
});

async function makeBareNamespace(namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const workflowExecutionRetentionPeriod = msToTs('1 day');
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
    await until('the namespace to be known', () =>
      connection.operatorService.listSearchAttributes({ namespace }).catch(() => undefined),
    );
  } finally {
    await connection.close();
  }
}
