import { instant } from '../../src/domain/ids';
import type { Sandbox } from '../../src/sandbox/server';
import { gatewayOf } from '../adapters/payments/support';
import { aRequest, closeAll, control, startReceiver, startSandbox, until } from './support';

afterEach(closeAll);

const requestId = 'p/pay/1';
const path = `/pay/${encodeURIComponent(requestId)}`;
const back = 'https://comune.example/pratiche/1?x=1';

async function get(sandbox: Sandbox, query = ''): Promise<{ response: Response; text: string }> {
  const response = await fetch(`${sandbox.url}${path}${query}`);
  return { response, text: await response.text() };
}

function post(sandbox: Sandbox, form: Record<string, string>): Promise<Response> {
  return fetch(`${sandbox.url}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });
}

test('the page shows what is paid and says that it is a simulation', async () => {
  const sandbox = await startSandbox();
  const { iuv, noticeNumber } = await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
  const { response, text } = await get(sandbox);
  expect(response.status).toBe(200);
  for (const shown of [
    '160,50',
    'Passo carrabile, pratica PASSO n. 23/2026',
    iuv,
    'Paga adesso',
    'Rifiuta il pagamento',
    'È una simulazione',
  ]) {
    expect(text).toContain(shown);
  }
  expect(text).toContain(noticeNumber.replace(/(\d{4})(?=\d)/g, '$1 '));
  expect(text).not.toMatch(/<script/i);
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
});

test('hostile texts stay texts', async () => {
  const sandbox = await startSandbox();
  const reason = `</dd><script>alert("1")</script><img src=x onerror='alert(1)'>&amp;`;
  await gatewayOf(sandbox).createPosition(aRequest({ requestId, reason }));
  const hostile = `https://comune.example/"><script>alert(1)</script>`;
  const { text } = await get(sandbox, `?${new URLSearchParams({ returnUrl: hostile })}`);
  expect(text).not.toMatch(/<script|<img/i);
  expect(text).toContain(
    '&lt;/dd&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;amp;',
  );
  expect((await (await fetch(`${sandbox.url}/`)).text()).includes('<script')).toBe(false);
});

test('paying takes the money once, posts the receipt and sends the browser back', async () => {
  const receiver = await startReceiver();
  const sandbox = await startSandbox({ callbackUrl: receiver.url });
  await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
  const first = await post(sandbox, { outcome: 'paid', returnUrl: back });
  expect([first.status, first.headers.get('location')]).toEqual([303, back]);
  const { receipt } = (await gatewayOf(sandbox).findPosition(requestId)) ?? {};

  const second = await post(sandbox, { outcome: 'paid', returnUrl: back });

  expect(second.status).toBe(409);
  expect(await second.text()).toContain('Non si paga una seconda volta.');
  expect((await gatewayOf(sandbox).findPosition(requestId))?.receipt).toEqual(receipt);
  const { body } = await until('the callback', () => receiver.received[0]);
  expect(JSON.parse(body.toString())).toEqual(receipt);
});

test('a refused payment leaves the position open', async () => {
  const sandbox = await startSandbox();
  await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
  const away = await post(sandbox, { outcome: 'refused', returnUrl: back });
  expect([away.status, away.headers.get('location')]).toEqual([303, back]);
  const here = await post(sandbox, { outcome: 'refused' });
  expect(here.status).toBe(200);
  expect(await here.text()).toContain('Non hai pagato. Puoi riprovare entro la scadenza.');
  expect(await gatewayOf(sandbox).findPosition(requestId)).toMatchObject({ status: 'open' });
});

test.each(['javascript:alert(1)', 'data:text/html,x', '//comune.example', 'ftp://comune.example/', 'no address'])(
  'the browser is never sent to %s: a result page is shown instead',
  async (returnUrl) => {
    const sandbox = await startSandbox();
    await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
    const { text } = await get(sandbox, `?${new URLSearchParams({ returnUrl })}`);
    expect(text).not.toContain('name="returnUrl"');
    const response = await post(sandbox, { outcome: 'paid', returnUrl });
    expect([response.status, response.headers.get('location')]).toEqual([200, null]);
    expect(await response.text()).toContain('Pagamento riuscito');
  },
);

test.each([
  [back, "form-action 'self' https://comune.example;"],
  ['http://127.0.0.1:3000/x', "form-action 'self' http://127.0.0.1:3000;"],
  ['http://[::1]:3000/x', "form-action 'self' http:;"],
])('the policy lets the form come back to %s', async (returnUrl, expected) => {
  const sandbox = await startSandbox();
  await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
  const { response } = await get(sandbox, `?${new URLSearchParams({ returnUrl })}`);
  expect(response.headers.get('content-security-policy')).toContain(expected);
});

test('an expired position says so and takes nothing, from its very instant on', async () => {
  let now = new Date('2026-11-24T10:00:00.000Z');
  const sandbox = await startSandbox({ now: () => now });
  const expiresAt = instant(Date.parse('2026-11-24T11:00:00.000Z'));
  await gatewayOf(sandbox).createPosition(aRequest({ requestId, expiresAt }));
  now = new Date(expiresAt);
  const { text } = await get(sandbox);
  expect(text).toContain('L’avviso è scaduto il 24 novembre 2026, ore 12:00: non puoi più pagarlo.');
  expect(text).not.toContain('Paga adesso');
  const response = await post(sandbox, { outcome: 'paid', returnUrl: back });
  expect(response.status).toBe(409);
  expect(await response.text()).toContain('Avviso scaduto');
  expect(await gatewayOf(sandbox).findPosition(requestId)).toMatchObject({ status: 'expired' });
  now = new Date(Date.parse(expiresAt) - 1);
  expect((await post(sandbox, { outcome: 'paid', returnUrl: back })).status).toBe(303);
});

test('an invalidated position says so and takes nothing', async () => {
  const sandbox = await startSandbox();
  await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
  await gatewayOf(sandbox).invalidate(requestId);
  const response = await post(sandbox, { outcome: 'paid', returnUrl: back });
  expect(response.status).toBe(409);
  expect(await response.text()).toContain('L’ente ha annullato questo avviso: non puoi più pagarlo.');
});

test('a payment made in time is found after the expiry too, when a test says when it was made', async () => {
  let now = new Date('2026-11-24T10:00:00.000Z');
  const sandbox = await startSandbox({ now: () => now });
  const expiresAt = instant(Date.parse('2026-11-24T11:00:00.000Z'));
  await gatewayOf(sandbox).createPosition(aRequest({ requestId, expiresAt }));
  now = new Date('2026-11-24T12:00:00.000Z');
  const receipt = await control(sandbox, `pay/${encodeURIComponent(requestId)}`, {
    paidAt: '2026-11-24T10:59:59.999Z',
  });
  expect(await gatewayOf(sandbox).findPosition(requestId)).toMatchObject({ status: 'paid', receipt });
});

test('an unknown position is a page that says so', async () => {
  const sandbox = await startSandbox();
  const { response, text } = await get(sandbox);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(text).toContain('Questa pagina non esiste.');
});
