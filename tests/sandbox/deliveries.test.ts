import { gatewayOf } from '../adapters/payments/support';
import { aRequest, bearer, closeAll, control, startReceiver, startSandbox, until } from './support';

afterEach(closeAll);

const requestId = 'p/pay/1';
const path = encodeURIComponent(requestId);

describe('receipts are posted until the receiver takes them', () => {
  test('once, with the receipt as body, when the first answer is 2xx', async () => {
    const receiver = await startReceiver();
    const sandbox = await startSandbox({ callbackUrl: receiver.url });
    const { iuv } = await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
    const receipt = await control(sandbox, `pay/${path}`, { paidAt: '2026-11-24T11:00:00+01:00' });
    expect(receipt).toEqual({
      receiptId: expect.stringMatching(/^sandbox-[0-9a-f-]{36}$/),
      requestId,
      iuv,
      amountCents: 16_050,
      paidAt: '2026-11-24T10:00:00.000Z',
      provider: 'PSP di prova',
    });
    const { body, headers } = await until('the callback', () => receiver.received[0]);
    expect(JSON.parse(body.toString())).toEqual(receipt);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-sandbox-timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      'x-sandbox-signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('again after refusals, with a new timestamp', async () => {
    const statuses = [500, 302, 204];
    const receiver = await startReceiver(() => statuses.shift() ?? 204);
    const sandbox = await startSandbox({ callbackUrl: receiver.url });
    await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
    await control(sandbox, `pay/${path}`);
    await until('the third attempt', () => receiver.received[2]);
    const [first, second, third] = receiver.received;
    expect(second?.body).toEqual(first?.body);
    expect(third?.body).toEqual(first?.body);
    expect(new Set(receiver.received.map(({ headers }) => headers['x-sandbox-timestamp'])).size).toBe(3);
  });

  test('not while held, and all of them afterwards', async () => {
    const receiver = await startReceiver();
    const sandbox = await startSandbox({ callbackUrl: receiver.url });
    const ids = Array.from({ length: 20 }, (_, index) => `held/${index}`);
    await control(sandbox, 'faults', { holdCallbacks: true });
    for (const id of ids) {
      await gatewayOf(sandbox).createPosition(aRequest({ requestId: id }));
      await control(sandbox, `pay/${encodeURIComponent(id)}`);
    }
    expect(receiver.received).toEqual([]);
    await control(sandbox, 'faults', { holdCallbacks: false });
    await until('all receipts', () => (receiver.received.length === ids.length ? true : undefined));
    expect(new Set(receiver.received.map(({ body }) => JSON.parse(body.toString()).requestId))).toEqual(new Set(ids));
  });

  test('as many times more as a test asks: the same bytes each time', async () => {
    const receiver = await startReceiver();
    const sandbox = await startSandbox({ callbackUrl: receiver.url });
    const position = await gatewayOf(sandbox).createPosition(aRequest({ requestId }));
    await control(sandbox, `pay/${path}`);
    await until('the callback', () => receiver.received[0]);
    const receiptId = (await gatewayOf(sandbox).findPosition(requestId))?.receipt?.receiptId ?? '';
    expect(await control(sandbox, `redeliver/${receiptId}?times=3`)).toEqual({ receiptId, times: 3 });
    await until('the repetitions', () => receiver.received[3]);
    expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(1);
    expect(position.status).toBe('open');
  });

  test('a receipt that does not exist can’t be repeated', async () => {
    const sandbox = await startSandbox();
    const response = await fetch(`${sandbox.url}/control/redeliver/none`, { method: 'POST', headers: bearer });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await response.json()).toEqual({
      status: 404,
      code: 'receipt-unknown',
      title: 'Not found',
      detail: 'no receipt "none"',
    });
  });
});
