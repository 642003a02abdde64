import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WorkerHealthOptions, workerHealth } from '../../src/cli/worker-health';
import { freshDatabase, type TestDatabase } from '../support/database';

let db: TestDatabase;
let sdk: Server;
beforeAll(async () => {
  db = await freshDatabase(2);
  sdk = createServer((_request, response) => response.end('temporal_workflow_task_execution_failed 3\n'));
  await listening(sdk);
});
afterAll(async () => {
  sdk.close();
  await db.drop();
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function ask(path: string, changes: Partial<WorkerHealthOptions> = {}, headers: Record<string, string> = {}) {
  const server = workerHealth({
    db,
    running: () => true,
    metricsToken: undefined,
    sdkMetricsPort: undefined,
    ...changes,
  });
  const port = await listening(server);
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { ...headers, connection: 'close' } });
    return { status: response.status, text: await response.text() };
  } finally {
    server.close();
  }
}

test('a worker that polls is ready, one that does not is not', async () => {
  expect(await ask('/ready')).toEqual({ status: 200, text: '{"status":"ready","path":"/ready"}' });
  expect(await ask('/ready', { running: () => false })).toMatchObject({ status: 503 });
});

test('the worker tells its metrics, with those of the SDK behind them when they are on', async () => {
  const alone = await ask('/metrics');
  expect(alone).toMatchObject({ status: 200, text: expect.stringContaining('iter_inbox_oldest_seconds 0\n') });
  const sdkMetricsPort = (sdk.address() as AddressInfo).port;
  const both = await ask('/metrics', { sdkMetricsPort });
  expect(both.text).toContain('iter_inbox_oldest_seconds 0\n');
  expect(both.text).toContain('temporal_workflow_task_execution_failed 3\n');
  expect((await ask('/metrics', { sdkMetricsPort: 1 })).text).toContain('iter_inbox_oldest_seconds 0\n');
});

test('where a token is set, nobody reads without it, not even from this machine', async () => {
  const metricsToken = 'a-token-for-the-watcher';
  expect((await ask('/metrics', { metricsToken })).status).toBe(401);
  const headers = { authorization: `Bearer ${metricsToken}` };
  expect((await ask('/metrics', { metricsToken }, headers)).status).toBe(200);
});
