import { CallbackRefused } from '../../../src/activities/ports/payments';
import { createSandboxGateway } from '../../../src/adapters/payments/sandbox/client';
import { asId, type Instant, instant } from '../../../src/domain/ids';
import { signCallback } from '../../../src/sandbox/deliveries';
import { aRequest, closeAll, control, SECRET, startReceiver, startSandbox, until } from '../../sandbox/support';
import { gatewayOf } from './support';

afterEach(closeAll);

const now = asId<Instant>('2026-11-24T10:00:00.000Z');
const receipt = {
  receiptId: 'sandbox-1',
  requestId: 'p/pay/1',
  iuv: '48000000000000063',
  amountCents: 1600,
  paidAt: '2026-11-24T09:59:00.000Z',
  provider: 'PSP di prova',
};
const body = Buffer.from(JSON.stringify(receipt));
const gateway = createSandboxGateway({ url: 'http://127.0.0.1:9', secret: SECRET });

function signed(changes: { secret?: string; timestamp?: string; body?: Buffer } = {}): Record<string, string> {
  const timestamp = changes.timestamp ?? now;
  const signature = signCallback(changes.secret ?? SECRET, timestamp, (changes.body ?? body).toString());
  return { 'x-sandbox-timestamp': timestamp, 'x-sandbox-signature': signature };
}

test('a callback posted by the sandbox gives the receipt that the position shows', async () => {
  const receiver = await startReceiver();
  const sandbox = await startSandbox({ callbackUrl: receiver.url });
  const { requestId } = await gatewayOf(sandbox).createPosition(aRequest());
  await control(sandbox, `pay/${encodeURIComponent(requestId)}`);
  const { body: posted, headers } = await until('the callback', () => receiver.received[0]);
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));
  const read = gatewayOf(sandbox).verifyCallback(posted, plain, instant(Date.now()));
  expect(read).toEqual((await gatewayOf(sandbox).findPosition(requestId))?.receipt);
});

test('a rightly signed callback gives its receipt', () => {
  expect(gateway.verifyCallback(body, signed(), now)).toEqual(receipt);
});

test.each([
  ['exactly 5 minutes old', '2026-11-24T09:55:00.000Z'],
  ['exactly 5 minutes ahead', '2026-11-24T10:05:00.000Z'],
])('a timestamp %s is accepted', (_what, timestamp) => {
  expect(gateway.verifyCallback(body, signed({ timestamp }), now)).toEqual(receipt);
});

const tooFar = 'the callback was signed more than 5 minutes from now';
const wrong = 'the signature of the callback is wrong';
const noReceipt = Buffer.from('{"receiptId":"x"}');
const right = signed();

test.each<[string, Buffer, Record<string, string>, string]>([
  ['another secret', body, signed({ secret: 'another secret altogether' }), wrong],
  ['an old timestamp', body, signed({ timestamp: '2026-11-24T09:54:59.999Z' }), tooFar],
  ['a timestamp to come', body, signed({ timestamp: '2026-11-24T10:05:00.001Z' }), tooFar],
  ['a date that does not exist', body, signed({ timestamp: '2026-13-24T10:00:00.000Z' }), tooFar],
  [
    'a timestamp of another form',
    body,
    signed({ timestamp: '1795514400' }),
    'the timestamp of the callback is not a UTC instant',
  ],
  ['a timestamp changed after signing', body, { ...right, 'x-sandbox-timestamp': '2026-11-24T10:00:01.000Z' }, wrong],
  ['a changed body', Buffer.from(body.toString().replace('1600', '1')), right, wrong],
  ['a byte more', Buffer.concat([body, Buffer.from('\n')]), right, wrong],
  [
    'a signature cut short',
    body,
    { ...right, 'x-sandbox-signature': String(right['x-sandbox-signature']).slice(0, 32) },
    wrong,
  ],
  ['a signature that is no hexadecimal', body, { ...right, 'x-sandbox-signature': 'z'.repeat(64) }, wrong],
  ['no signature', body, { 'x-sandbox-timestamp': now }, 'the callback has no x-sandbox-signature header'],
  ['no timestamp', body, { 'x-sandbox-signature': 'x' }, 'the callback has no x-sandbox-timestamp header'],
  [
    'a signed body that is no receipt',
    noReceipt,
    signed({ body: noReceipt }),
    'the callback is signed but holds no receipt',
  ],
])('%s is refused', (_what, sentBody, headers, message) => {
  expect(() => gateway.verifyCallback(sentBody, headers, now)).toThrow(new CallbackRefused(message));
  expect(() => gateway.verifyCallback(sentBody, headers, now)).toThrow(CallbackRefused);
});
