import { randomUUID } from 'node:crypto';
import { PDFDocument } from 'pdf-lib';
import { signCallback } from '../../src/sandbox/deliveries';
import type { ApiClient, Body } from './client';
import { SANDBOX_SECRET, type System } from './system';
import { until } from './until';

/** A small, real PDF. */
export async function aPdf(text = 'Carta di circolazione'): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.addPage([300, 200]).drawText(text, { size: 14, x: 20, y: 100 });
  return Buffer.from(await pdf.save());
}

/** A one-pixel, real PNG. */
export const aPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A complete ZTL application; every section can be changed. */
export function ztlContent(registrationCertificate: readonly string[], changes: Record<string, object> = {}) {
  const content: Record<string, object> = {
    applicant: {
      givenName: 'Giulia',
      familyName: 'Bianchi',
      taxCode: 'BNCGLI85T50D612A',
      email: 'giulia.bianchi@posta.example',
    },
    residence: { street: 'Via Garibaldi 12', city: 'Bugliano' },
    vehicle: { plate: 'AB123CD', model: 'Fiat Panda', registrationCertificate },
    permit: { reason: 'resident', from: '2026-12-01', privacy: true },
  };
  for (const [section, values] of Object.entries(changes)) content[section] = { ...content[section], ...values };
  return content;
}

/** A draft with its attachment, complete and not sent. */
export async function completeDraft(citizen: ApiClient): Promise<string> {
  const draft = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const file = await expectStatus(
    201,
    citizen.upload(draft.id, 'vehicle.registrationCertificate', 'libretto.pdf', await aPdf()),
  );
  await expectStatus(200, citizen.put(`/api/v1/practices/${draft.id}/draft`, { data: ztlContent([file.id]) }));
  return draft.id;
}

/** Sent and waiting for the payment, with the position open at the gateway. */
export async function awaitingPayment(citizen: ApiClient): Promise<string> {
  const id = await completeDraft(citizen);
  const sent = await citizen.post(`/api/v1/practices/${id}/submit`);
  // While many come at once the receipt comes first, and its effect soon after.
  if (sent.status !== 202) await expectStatus(200, Promise.resolve(sent));
  await until('the position to be open', async () => {
    const { body } = await citizen.get(`/api/v1/practices/${id}`);
    return body.payment?.status === 'open';
  });
  return id;
}

/** Pays at the gateway and brings its signed receipt to our callback, as the gateway does. */
export async function pay(system: System, id: string, ordinal = 1, paidAt?: string): Promise<void> {
  const receipt = await payAtGateway(system, id, ordinal, paidAt);
  const { status } = await deliverReceipt(system, receipt);
  if (status !== 202) throw new Error(`the callback answered ${status}`);
}

/** The gateway takes the money; we are not told yet. */
export async function payAtGateway(system: System, id: string, ordinal = 1, paidAt?: string): Promise<Body> {
  const response = await fetch(`${system.sandbox.url}/control/pay/${encodeURIComponent(`${id}/pay/${ordinal}`)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${SANDBOX_SECRET}`, 'content-type': 'application/json' },
    body: JSON.stringify(paidAt ? { paidAt } : {}),
  });
  if (!response.ok) throw new Error(`the gateway answered ${response.status}: ${await response.text()}`);
  return response.json();
}

/** A receipt on its way to our callback, signed as the gateway signs. */
export async function deliverReceipt(system: System, receipt: object): Promise<{ status: number; body: Body }> {
  const raw = JSON.stringify(receipt);
  const timestamp = new Date(system.application.clock.now()).toISOString();
  const response = await system.app.inject({
    method: 'POST',
    url: '/api/v1/callbacks/payments/sandbox',
    headers: {
      'content-type': 'application/json',
      'x-sandbox-timestamp': timestamp,
      'x-sandbox-signature': signCallback(SANDBOX_SECRET, timestamp, raw),
    },
    payload: raw,
  });
  return { status: response.statusCode, body: response.json() };
}

/** Paid, registered, not yet in charge. */
export async function registeredPractice(system: System, citizen: ApiClient): Promise<string> {
  const id = await awaitingPayment(citizen);
  await pay(system, id);
  await reach(citizen, id, 'registered');
  return id;
}

/** In charge to an operator. */
export async function practiceInCharge(system: System, citizen: ApiClient, operator: ApiClient): Promise<string> {
  const id = await registeredPractice(system, citizen);
  await expectStatus(200, act(operator, id, 'take-charge'));
  return id;
}

/** An officer's act on the version that the officer sees now. */
export async function act(
  operator: ApiClient,
  id: string,
  path: string,
  body: object = {},
  key: string = randomUUID(),
) {
  const { body: seen } = await operator.get(`/api/v1/practices/${id}`);
  return operator.post(`/api/v1/practices/${id}/${path}`, { ...body, actVersion: seen.actVersion }, key);
}

/** Waits until the practice shows a state, and gives the practice. */
export function reach(client: ApiClient, id: string, status: string): Promise<Body> {
  return until(`practice to be ${status}`, async () => {
    const { body } = await client.get(`/api/v1/practices/${id}`);
    return body.status === status ? body : undefined;
  });
}

/** Fails with the whole body when the status is another. */
export async function expectStatus(status: number, answer: Promise<{ status: number; body: Body }>): Promise<Body> {
  const { status: got, body } = await answer;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${JSON.stringify(body)}`);
  return body;
}
