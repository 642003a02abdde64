import type { InjectOptions } from 'fastify';
import { buildSandbox } from '../../src/sandbox/server';
import { closeAll, later, newDataDir, SECRET } from './support';

afterEach(closeAll);

const routes: [NonNullable<InjectOptions['method']>, string][] = [
  ['PUT', '/gateway/positions/x'],
  ['GET', '/gateway/positions/x'],
  ['POST', '/gateway/positions/x/invalidate'],
  ['GET', '/control/faults'],
  ['POST', '/control/faults'],
  ['POST', '/control/pay/x'],
  ['POST', '/control/redeliver/x'],
];
const tokens: [string, Record<string, string>][] = [
  ['no token', {}],
  ['another token', { authorization: 'Bearer something else' }],
  ['another scheme', { authorization: `Basic ${SECRET}` }],
];

describe.each(routes)('%s %s', (method, url) => {
  test.each(tokens)('with %s is answered 401 and nothing else', async (_what, headers) => {
    const sandbox = await buildSandbox({
      host: '127.0.0.1',
      port: 0,
      smtpPort: 0,
      dataDir: newDataDir(),
      secret: SECRET,
      callbackUrl: 'http://127.0.0.1:9/',
      logLevel: 'silent',
    });
    later(() => sandbox.stop());
    const answer = await sandbox.app.inject({ method, url, headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toEqual({
      status: 401,
      code: 'unauthorized',
      title: 'Unauthorized',
      detail: 'the bearer token is missing or is not the secret of this sandbox',
    });
  });
});

test('health needs no token', async () => {
  const sandbox = await buildSandbox({
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    dataDir: newDataDir(),
    secret: SECRET,
    callbackUrl: 'http://127.0.0.1:9/',
    logLevel: 'silent',
  });
  later(() => sandbox.stop());
  const answer = await sandbox.app.inject({ url: '/health' });
  expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'ok' }]);
});
