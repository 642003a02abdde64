import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createSandboxGateway } from '../../src/adapters/payments/sandbox/client';
import { gatewayOf } from '../adapters/payments/support';
import { aRequest, closeAll, later, newDataDir, SECRET, startSandbox } from './support';

afterEach(closeAll);

test('kill -9 among many creations loses none that was acknowledged', async () => {
  const dataDir = newDataDir();
  const child = fork(join(__dirname, 'kill-child.ts'), [dataDir, SECRET], {
    execArgv: ['--require', require.resolve('tsx/cjs')],
  });
  later(async () => child.kill('SIGKILL'));
  const [url] = await once(child, 'message');
  const gateway = createSandboxGateway({ url: String(url), secret: SECRET });

  const acknowledged: string[] = [];
  const calls = Array.from({ length: 300 }, async (_, index) => {
    const requestId = `kill/${index}`;
    await gateway.createPosition(aRequest({ requestId }));
    acknowledged.push(requestId);
    if (acknowledged.length === 100) child.kill('SIGKILL');
  });
  const outcomes = await Promise.allSettled(calls);

  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThanOrEqual(100);
  const reborn = gatewayOf(await startSandbox({ dataDir }));
  const found = await Promise.all(acknowledged.map((requestId) => reborn.findPosition(requestId)));
  expect(found.filter((position) => position?.status !== 'open')).toEqual([]);
}, 30_000);
