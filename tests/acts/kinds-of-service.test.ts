import { expectStatus, pay, reach } from '../support/builders';
import { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { as, attempts, decides, does, giulia, offer, papers, sent, story } from '../support/services';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

async function people() {
  return { citizen: await as(system, 'giulia.bianchi'), operator: await as(system, 'marco.conti') };
}

async function completed(id: string) {
  const handle = system.client.workflow.getHandle(`practice/bugliano/${id}`);
  await until('the workflow to end', async () => (await handle.describe()).status.name === 'COMPLETED');
}

test('without registration a practice is taken in charge as soon as it is received, and no number is ever asked for', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { registration: 'none' }));
  const received = await reach(citizen, id, 'received');
  expect(received.code).toMatch(/^PRV[A-Z]{2}-/);
  await decides(operator, id, 'take-charge');
  await decides(operator, id, 'integration-requests', { message: 'Serve il tipo.', fields: ['request.kind'] });
  await reach(citizen, id, 'awaitingIntegration');
  await does(citizen, id, 'integration-answers', { values: { 'request.kind': 'small' } });
  await reach(citizen, id, 'inCharge');
  await decides(operator, id, 'approve', { message: 'Si approva.' });
  const ended = await reach(citizen, id, 'approved');
  expect([ended.registration, ended.outcome]).toEqual([null, 'approved']);
  expect((await papers(citizen, id)).every(([, number]) => number === null)).toBe(true);
  expect(await system.db.prisma.registrationIntent.count({ where: { practiceId: id } })).toBe(0);
  await completed(id);
});

test('a forward practice ends when the other office has taken it; then nobody withdraws or decides', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { workflow: 'forward' }));
  await reach(citizen, id, 'registered');
  expect((await attempts(operator, id, 'approve')).body.code).toBe('ACT_DISABLED_BY_SERVICE');
  await decides(operator, id, 'take-charge');
  await completed(id);
  expect((await citizen.post(`/api/v1/practices/${id}/withdrawals`)).body).toMatchObject({
    status: 409,
    code: 'PRACTICE_CLOSED',
  });
});

test('a payment-only practice ends with its receipt', async () => {
  const { citizen } = await people();
  const service = await offer(system, {
    workflow: 'paymentOnly',
    registration: 'none',
    payment: { amountCents: 500, windowMinutes: 60, onExpiry: 'expired', reason: 'Diritti di segreteria' },
  });
  const id = await sent(citizen, service);
  await until('the position to be open', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id } });
    return row?.status === 'open';
  });
  await pay(system, id);
  expect((await reach(citizen, id, 'received')).statusLabel).toBe('Acquisita');
  expect(await papers(citizen, id)).toEqual([
    ['receipt', null],
    ['request', null],
  ]);
  await completed(id);
  expect((await story(citizen, id)).at(-1)).toBe('documentReady');
});

test('an operator opens and sends a practice for a citizen, who finds it in their area; the author is recorded', async () => {
  const { citizen, operator } = await people();
  const service = await offer(system);
  const missing = await operator.post('/api/v1/practices', { service });
  expect(missing.body.errors).toEqual([
    { path: 'applicant', rule: 'required', message: 'Indica per chi inserisci la domanda.' },
  ]);
  const { givenName, familyName, taxCode, email } = giulia().applicant;
  const applicant = { givenName, familyName, taxCode: taxCode.toLowerCase(), email };
  const draft = await expectStatus(201, operator.post('/api/v1/practices', { service, data: giulia(), applicant }));
  await does(operator, draft.id, 'submit');
  const seen = await reach(citizen, draft.id, 'registered');
  expect(seen).toMatchObject({ filedBy: 'operator', identity: { provider: 'operator', level: 0 } });
});

test('for a citizen without account one is made, without a password', async () => {
  const { operator } = await people();
  const service = await offer(system);
  const applicant = {
    givenName: 'Rosa',
    familyName: 'Verdi',
    taxCode: 'VRDRSO70A41H501P',
    email: 'rosa.verdi@posta.example',
  };
  const answer = await operator.post('/api/v1/practices', { service, applicant });
  if (answer.status !== 201) expect(answer.body).toEqual({});
  const account = await system.db.prisma.account.findFirstOrThrow({
    where: { familyName: 'Verdi', givenName: 'Rosa' },
  });
  expect([account.kind, account.passwordHash, account.role]).toEqual(['invited', '-', 'citizen']);
});

test('without login where the service allows it: the identity is marked unverified everywhere', async () => {
  const { operator } = await people();
  const open = await offer(system, {
    access: { filers: ['citizen'], minimumLevel: 0, withoutLogin: true },
  });
  const closed = await offer(system);
  const stranger = ApiClient.stranger(system);
  const { givenName, familyName, email } = giulia().applicant;
  const guest = { tenant: 'bugliano', givenName, familyName, email, phone: '055 123456' };
  const { token } = await expectStatus(201, stranger.send('POST', '/api/v1/tokens/guest', { body: guest }));
  const visitor = ApiClient.withToken(system, token);
  expect((await visitor.post('/api/v1/practices', { service: closed })).body).toMatchObject({
    status: 403,
    code: 'IDENTITY_TOO_WEAK',
    detail: 'Questo servizio richiede un accesso di livello 1; il tuo è di livello 0.',
  });
  const id = await sent(visitor, open);
  await reach(visitor, id, 'registered');
  const { body } = await operator.get(`/api/v1/practices/${id}`);
  expect(body.identity).toEqual({ provider: 'unverified', level: 0 });
});

test('a service says who may file it and how surely they must be known', async () => {
  const { citizen } = await people();
  const technicians = await offer(system, {
    access: { filers: ['professional'], minimumLevel: 1, withoutLogin: false },
  });
  expect((await citizen.post('/api/v1/practices', { service: technicians })).body).toMatchObject({
    status: 403,
    code: 'FILER_NOT_ALLOWED',
    remedy: 'Può richiederlo: professionista.',
  });
  const strong = await offer(system, { access: { filers: ['citizen'], minimumLevel: 2, withoutLogin: false } });
  expect((await citizen.post('/api/v1/practices', { service: strong })).body).toMatchObject({
    code: 'IDENTITY_TOO_WEAK',
    params: { needed: 2, given: 1 },
  });
});
