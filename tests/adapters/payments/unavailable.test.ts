import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandboxGateway } from '../../../src/adapters/payments/sandbox/client';
import { aRequest, closeAll, control, later, SECRET, startSandbox } from '../../sandbox/support';
import { gatewayOf } from './support';

afterEach(closeAll);

/** A server that treats every request in the same way. */
async function serving(answer: (end: (status: number, body: string) => void) => void): Promise<string> {
  const server = createServer((_request, response) => {
    answer((status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a gateway that does not answer as it should is unavailable, and the call may be repeated', () => {
  test('503 as often as asked, then it works', async () => {
    const sandbox = await startSandbox();
    const gateway = gatewayOf(sandbox);
    await control(sandbox, 'faults', { gatewayFailures: 2 });
    const down = {
      name: 'GatewayUnavailable',
      message: 'the payment gateway answered 503: the gateway is out of order, as a test asked',
    };
    await expect(gateway.createPosition(aRequest())).rejects.toMatchObject(down);
    await expect(gateway.findPosition(aRequest().requestId)).rejects.toMatchObject(down);
    await expect(gateway.createPosition(aRequest())).resolves.toMatchObject({ status: 'open' });
  });

  test('nobody listens', async () => {
    const gateway = createSandboxGateway({ url: 'http://127.0.0.1:9', secret: SECRET });
    await expect(gateway.findPosition('x')).rejects.toMatchObject({
      name: 'GatewayUnavailable',
      message: 'the payment gateway did not answer GET within 10000 ms or hung up',
    });
  });

  test('it is silent for longer than the timeout', async () => {
    const gateway = createSandboxGateway({ url: await serving(() => undefined), secret: SECRET, timeoutMs: 50 });
    await expect(gateway.createPosition(aRequest())).rejects.toMatchObject({
      name: 'GatewayUnavailable',
      message: 'the payment gateway did not answer PUT within 50 ms or hung up',
      cause: { name: 'TimeoutError' },
    });
  });

  test.each([
    ['something else', '{"status":"open"}'],
    ['no JSON', '<html>'],
    [
      'another position',
      JSON.stringify({
        requestId: 'other',
        iuv: '48000000000000063',
        noticeNumber: '348000000000000063',
        status: 'open',
      }),
    ],
    [
      'wrong check digits',
      JSON.stringify({ requestId: 'x', iuv: '48000000000000064', noticeNumber: '348000000000000064', status: 'open' }),
    ],
    [
      'paid without receipt',
      JSON.stringify({ requestId: 'x', iuv: '48000000000000063', noticeNumber: '348000000000000063', status: 'paid' }),
    ],
  ])('it answers %s', async (_what, body) => {
    const gateway = createSandboxGateway({ url: await serving((end) => end(200, body)), secret: SECRET });
    await expect(gateway.findPosition('x')).rejects.toMatchObject({
      name: 'GatewayUnavailable',
      message: "the answer of the payment gateway can't be understood",
    });
  });

  test('our secret is wrong: an administrator cures it, not the practice', async () => {
    const sandbox = await startSandbox();
    const gateway = createSandboxGateway({ url: sandbox.url, secret: 'another secret altogether' });
    await expect(gateway.createPosition(aRequest())).rejects.toMatchObject({
      name: 'GatewayUnavailable',
      message: 'the payment gateway answered 401: the bearer token is missing or is not the secret of this sandbox',
    });
  });
});

test('a 404 that is not the gateway’s own does not prove that the position never existed', async () => {
  const gateway = createSandboxGateway({ url: await serving((end) => end(404, '<html>')), secret: SECRET });
  await expect(gateway.findPosition('x')).rejects.toMatchObject({ name: 'PositionRefused', code: 'http-404' });
});
