import { randomUUID } from 'node:crypto';
import { signCallback } from '../../src/sandbox/deliveries';
import { awaitingPayment, deliverReceipt, payAtGateway, reach } from '../support/builders';
import { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { SANDBOX_SECRET, type System, startSystem } from '../support/system';
import { expectProblem, invalid, rowCounts, tooLarge, unsupported, type WholeProblem } from './support';

const PATH = '/api/v1/callbacks/payments/sandbox';
const CALLBACK_REFUSED: WholeProblem = {
  code: 'CALLBACK_REFUSED',
  status: 401,
  title: 'Notifica non riconosciuta',
  detail: 'La firma della notifica non è valida.',
  remedy: 'Controlla il segreto condiviso e l’orologio di chi invia.',
};

let system: System;
let citizen: ApiClient;
let gateway: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
  gateway = ApiClient.stranger(system);
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

/** What a receipt may touch; mails and registrations of other practices go on meanwhile. */
async function moneyRows() {
  const { inbox, payment, operator_task } = await rowCounts(system);
  return { inbox, payment, operator_task };
}

interface Signed {
  readonly raw?: string;
  readonly signed?: string;
  readonly secret?: string;
  readonly agoMs?: number;
  readonly leaveOut?: string;
}

/** A call signed as the gateway signs, with something wrong in it. */
function send(receipt: object, { raw, signed, secret, agoMs, leaveOut }: Signed = {}, path = PATH) {
  const sent = raw ?? JSON.stringify(receipt);
  const timestamp = new Date(Date.now() - (agoMs ?? 0)).toISOString();
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-sandbox-timestamp': timestamp,
    'x-sandbox-signature': signCallback(secret ?? SANDBOX_SECRET, timestamp, signed ?? sent),
  };
  if (leaveOut) delete headers[leaveOut];
  return gateway.send('POST', path, { raw: Buffer.from(sent), headers });
}

function aReceipt(requestId: string, changes: object = {}) {
  return {
    receiptId: randomUUID(),
    requestId,
    iuv: '0'.repeat(17),
    amountCents: 1600,
    paidAt: new Date().toISOString(),
    provider: 'Banca di prova',
    ...changes,
  };
}

test('whoever can not prove to be the gateway is refused, and nothing is kept', async () => {
  const id = await awaitingPayment(citizen);
  const receipt = aReceipt(`${id}/pay/1`);
  const text = JSON.stringify(receipt);
  const before = await moneyRows();
  const wrong: Signed[] = [
    { secret: 'another secret' },
    { signed: text.replace('1600', '1601') },
    { raw: text.replace('1600', '1'), signed: text },
    { agoMs: 6 * 60_000 },
    { agoMs: -6 * 60_000 },
    { leaveOut: 'x-sandbox-signature' },
    { leaveOut: 'x-sandbox-timestamp' },
    { raw: '{"receiptId":1}' },
    { raw: 'no JSON' },
  ];
  for (const how of wrong) expectProblem(await send(receipt, how), CALLBACK_REFUSED);
  const headers = { 'x-sandbox-timestamp': new Date().toISOString(), 'x-sandbox-signature': 'aa' };
  expectProblem(await gateway.send('POST', PATH, { headers }), CALLBACK_REFUSED);
  expect(await moneyRows()).toEqual(before);
  expect((await citizen.get(`/api/v1/practices/${id}`)).body.status).toBe('awaitingPayment');
});

test('the callback of a gateway that is not ours is refused, however well signed', async () => {
  const path = '/api/v1/callbacks/payments/other';
  expectProblem(await send(aReceipt('x/pay/1'), {}, path), CALLBACK_REFUSED);
  const long = `/api/v1/callbacks/payments/${'g'.repeat(41)}`;
  const message = '"gateway" può avere al massimo 40 caratteri.';
  expectProblem(await send({}, {}, long), invalid({ path: 'gateway', rule: 'tooBig', message }));
});

test('a body that is too large or of another type is refused before it is read', async () => {
  expectProblem(await send({}, { raw: JSON.stringify({ a: 'x'.repeat(64 * 1024) }) }), tooLarge(64 * 1024));
  const headers = { 'content-type': 'text/xml' };
  expectProblem(await gateway.send('POST', PATH, { raw: Buffer.from('<a/>'), headers }), unsupported('text/xml'));
});

test('fifty equal receipts are one row and one effect', async () => {
  const id = await awaitingPayment(citizen);
  const receipt = await payAtGateway(system, id);
  const answers = await Promise.all(Array.from({ length: 50 }, () => deliverReceipt(system, receipt)));
  for (const answer of answers) expect(answer).toEqual({ status: 202, body: { received: true } });
  await reach(citizen, id, 'registered');
  expect(await deliverReceipt(system, receipt)).toEqual({ status: 202, body: { received: true } });
  expect(await system.db.prisma.inboxRow.count({ where: { practiceId: id, kind: 'event' } })).toBe(1);
  const where = { practiceId: id, type: 'paymentReceived' };
  expect(await system.db.prisma.practiceEventRow.count({ where })).toBe(1);
});

test('a receipt for a request that is not ours is taken off the gateway’s hands and changes nothing', async () => {
  const before = await moneyRows();
  const { status, body } = await send(aReceipt('00000000-0000-7000-8000-000000000000/pay/1'));
  expect([status, body]).toEqual([202, { received: false }]);
  expect(await moneyRows()).toEqual(before);
});
