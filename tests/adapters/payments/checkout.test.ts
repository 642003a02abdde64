import { createSandboxGateway } from '../../../src/adapters/payments/sandbox/client';
import { aRequest, closeAll, SECRET, startSandbox } from '../../sandbox/support';
import { gatewayOf } from './support';

afterEach(closeAll);

test('checkout gives an address with both texts encoded', async () => {
  const gateway = createSandboxGateway({ url: 'https://pay.example/', secret: SECRET });
  expect(await gateway.checkout('a/pay/1', 'https://comune.example/pratiche/1?x=1&y=2')).toEqual({
    url: 'https://pay.example/pay/a%2Fpay%2F1?returnUrl=https%3A%2F%2Fcomune.example%2Fpratiche%2F1%3Fx%3D1%26y%3D2',
  });
});

test('the address opens the page of that position', async () => {
  const sandbox = await startSandbox();
  const gateway = gatewayOf(sandbox);
  const { requestId, iuv } = await gateway.createPosition(aRequest());
  const { url } = await gateway.checkout(requestId, 'https://comune.example/');
  const page = await fetch(url);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(iuv);
});
