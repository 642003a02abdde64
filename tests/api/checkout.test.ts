import { awaitingPayment, completeDraft, expectStatus, pay, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { expectProblem, invalid, PRACTICE_NOT_FOUND, type WholeProblem } from './support';

let system: System;
let citizen: ApiClient;
let id: string;
let paid: string;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
  [id, paid] = await Promise.all([awaitingPayment(citizen), awaitingPayment(citizen)]);
});
afterAll(async () => {
  await checkInvariants(system, { pending: true });
  await system.stop();
});

function nothingToPay(statusLabel: string): WholeProblem {
  return {
    code: 'ACT_NOT_ALLOWED_IN_STATE',
    status: 409,
    title: 'Azione non possibile in questo stato',
    detail: `"Paga" non è possibile: la pratica è nello stato "${statusLabel}".`,
    remedy:
      'Si può fare quando la pratica è: In attesa di pagamento. Ricarica la pratica per vedere che cosa è cambiato.',
    params: { actLabel: 'Paga', statusLabel, allowedIn: 'In attesa di pagamento' },
  };
}

test('the page where to pay is that of the gateway, and comes back to the practice unless told otherwise', async () => {
  const page = `${system.sandbox.url}/pay/${encodeURIComponent(`${id}/pay/1`)}`;
  const { status, body } = await citizen.get(`/api/v1/practices/${id}/checkout`);
  const home = encodeURIComponent(`http://127.0.0.1:3000/api/v1/practices/${id}`);
  expect([status, body]).toEqual([200, { url: `${page}?returnUrl=${home}` }]);
  const back = encodeURIComponent('https://comune.example/area?x=1');
  const other = await citizen.get(`/api/v1/practices/${id}/checkout?returnUrl=${back}`);
  expect(other.body).toEqual({ url: `${page}?returnUrl=${back}` });
  expect((await fetch(body.url)).status).toBe(200);
});

test.each(['javascript:alert(1)', 'comune.example', 'ftp://comune.example/', ''])(
  'the browser is not sent to %p',
  async (url) => {
    const message = '"returnUrl" deve essere un indirizzo http o https.';
    expectProblem(
      await citizen.get(`/api/v1/practices/${id}/checkout?returnUrl=${encodeURIComponent(url)}`),
      invalid({ path: 'returnUrl', rule: 'format', message }),
    );
  },
);

test('before it was sent, and once it was paid, there is nothing to pay', async () => {
  const draft = await completeDraft(citizen);
  expectProblem(await citizen.get(`/api/v1/practices/${draft}/checkout`), nothingToPay('Bozza'));
  await pay(system, paid);
  await reach(citizen, paid, 'registered');
  expectProblem(await citizen.get(`/api/v1/practices/${paid}/checkout`), nothingToPay('Protocollata'));
});

test('another citizen finds no practice', async () => {
  const other = await system.as('paolo.esposito');
  expectProblem(await other.get(`/api/v1/practices/${id}/checkout`), PRACTICE_NOT_FOUND);
});

test('while the position is being opened the applicant is asked to try again, not told that it is the wrong state', async () => {
  const slow = await completeDraft(citizen);
  await expectStatus(200, citizen.post(`/api/v1/practices/${slow}/submit`));
  // As it stands until the gateway has answered.
  const where = { practiceId_ordinal: { practiceId: slow, ordinal: 1 } };
  await system.stopWorker();
  const { status } = await system.db.prisma.payment.findUniqueOrThrow({ where });
  await system.db.prisma.payment.update({ where, data: { status: 'requested' } });
  const answer = await citizen.get(`/api/v1/practices/${slow}/checkout`);
  await system.db.prisma.payment.update({ where, data: { status } });
  expectProblem(answer, {
    code: 'UNAVAILABLE',
    status: 503,
    title: 'Servizio momentaneamente non disponibile',
    detail: 'Una parte del sistema non risponde; nulla è andato perso.',
    remedy: 'Riprova tra qualche minuto con la stessa chiave di idempotenza.',
    retryable: true,
  });
  expect(answer.headers['retry-after']).toBe('30');
});
