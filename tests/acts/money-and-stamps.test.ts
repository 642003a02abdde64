import { deliverReceipt, expectStatus, pay, payAtGateway, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { as, attempts, decides, does, draftOf, happened, offer, registered, sent, story } from '../support/services';
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

const fee = { amountCents: 2500, windowMinutes: 60, onExpiry: 'expired', reason: 'Diritti di prova' } as const;
const release = { windowMinutes: 60 * 24 * 30, reason: 'Canone di prova' } as const;
const stampNumbers = (...numbers: string[]) => ({ stamps: numbers.map((number) => ({ number })) });
let serial = 0;
const fresh = () => String(10_000_000_000_000 + ++serial);

async function people() {
  return { citizen: await as(system, 'giulia.bianchi'), operator: await as(system, 'marco.conti') };
}

function opened(id: string, ordinal: number) {
  return until('the position to be open', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id, ordinal } });
    return row?.status === 'open' ? row : undefined;
  });
}

test('at submission stamps come first, then the payment, then the application has arrived', async () => {
  const { citizen } = await people();
  const id = await sent(citizen, await offer(system, { payment: fee, stamps: { atRequest: { count: 2 } } }));
  const waiting = await reach(citizen, id, 'awaitingStamps');
  expect([waiting.statusLabel, waiting.stamps.needed]).toEqual(['In attesa di pagamento bolli', 2]);
  const paying = await does(citizen, id, 'stamps', stampNumbers(fresh(), fresh()));
  expect(paying.practice).toMatchObject({ status: 'awaitingPayment', stamps: { needed: 0 } });
  await opened(id, 1);
  await pay(system, id);
  await reach(citizen, id, 'registered');
  expect((await story(citizen, id)).filter((type) => !type.startsWith('delivered'))).toEqual([
    'draftCreated',
    'stampsRequested',
    'stampsProvided',
    'paymentRequested',
    'paymentReceived',
    'submitted',
    'documentReady',
    'registrationStarted',
    'requestRegistered',
  ]);
});

test('stamps are counted, and each is used once in the whole body', async () => {
  const { citizen } = await people();
  const service = await offer(system, { stamps: { atRequest: { count: 2 } } });
  const first = await sent(citizen, service);
  const path = `/api/v1/practices/${first}/stamps`;
  const number = fresh();
  expect((await citizen.post(path, stampNumbers(number))).body).toMatchObject({
    status: 422,
    code: 'STAMPS_COUNT',
    detail: 'Servono 2 bolli; ne hai indicati 1.',
  });
  expect((await citizen.post(path, stampNumbers(number, number))).body.errors).toEqual([
    {
      path: 'stamps.1.number',
      rule: 'doubled',
      message: 'Lo stesso bollo è indicato due volte: ogni marca vale una volta sola.',
    },
  ]);
  const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  const future = await citizen.post(path, { stamps: [{ number, issuedOn: tomorrow }, { number: fresh() }] });
  expect(future.body.errors[0]).toMatchObject({ path: 'stamps.0.issuedOn', rule: 'future' });
  await does(citizen, first, 'stamps', stampNumbers(number, fresh()));
  await reach(citizen, first, 'registered');
  const second = await sent(citizen, service);
  const reused = await citizen.post(`/api/v1/practices/${second}/stamps`, stampNumbers(fresh(), number));
  expect(reused.body).toMatchObject({ status: 409, code: 'STAMP_ALREADY_USED', params: { number } });
  expect((await citizen.get(`/api/v1/practices/${second}`)).body.status).toBe('awaitingStamps');
});

test('the fee follows the formula of the service, and who is exempt pays nothing', async () => {
  const { citizen } = await people();
  const service = await offer(system, {
    payment: {
      formula: { '*': [{ var: 'request.metres' }, 150] },
      exemptions: [{ label: 'Richieste piccole', when: { '==': [{ var: 'request.kind' }, 'small'] } }],
      windowMinutes: 60,
      onExpiry: 'expired',
      reason: 'Canone',
    },
  });
  const paying = await sent(citizen, service, { kind: 'large', metres: 12.5 });
  const waiting = await reach(citizen, paying, 'awaitingPayment');
  expect(waiting.payment.amountCents).toBe(1875);
  const exempt = await sent(citizen, service, { kind: 'small', metres: 12.5 });
  await reach(citizen, exempt, 'registered');
  expect(await story(citizen, exempt)).not.toContain('paymentRequested');
});

test('money taken at the counter is recorded for good; the open position can no longer be paid', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { payment: fee }));
  await reach(citizen, id, 'awaitingPayment');
  await opened(id, 1);
  await decides(operator, id, 'counter-payments', { reason: 'Pagato in contanti alla cassa 3.' });
  await reach(citizen, id, 'registered');
  await happened(citizen, id, 'positionClosed');
  const position = await system.application.payments.findPosition(`${id}/pay/1`);
  expect(position?.status).toBe('invalidated');
  const { items } = await expectStatus(200, operator.get(`/api/v1/practices/${id}/payments`));
  expect(items[0]).toMatchObject({ status: 'paid', means: 'counter', note: 'Pagato in contanti alla cassa 3.' });
  const notes = await system.db.prisma.note.findMany({ where: { practiceId: id } });
  expect(notes.map(({ text }) => text)).toEqual([
    'Pagamento registrato allo sportello: Pagato in contanti alla cassa 3.',
  ]);
});

test('the reason of a counter payment may go to the applicant instead, as a message that a mail tells of', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { payment: fee }));
  await reach(citizen, id, 'awaitingPayment');
  await opened(id, 1);
  const reason = 'Pagato con il bancomat alla cassa 3.';
  await decides(operator, id, 'counter-payments', { reason, tellApplicant: true });
  const { items } = await expectStatus(200, citizen.get(`/api/v1/practices/${id}/messages`));
  expect(items.map(({ text }: { text: string }) => text)).toEqual([`Pagamento registrato allo sportello: ${reason}`]);
  const mails = await system.db.prisma.mailing.findMany({ where: { practiceId: id } });
  expect(mails.map(({ kind, recipient }) => [kind, recipient])).toEqual([['message', 'giulia.bianchi@posta.example']]);
  expect(mails[0]?.text).toContain(reason);
  expect(await system.db.prisma.note.count({ where: { practiceId: id } })).toBe(0);
});

test('money that came online although it was taken at the counter becomes a task for the refund', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { payment: fee }));
  await reach(citizen, id, 'awaitingPayment');
  await opened(id, 1);
  // The gateway has the money and we are not told yet.
  const receipt = await payAtGateway(system, id);
  await decides(operator, id, 'counter-payments', { reason: 'Pagato in contanti alla cassa 3.' });
  await happened(operator, id, 'positionClosed');
  await deliverReceipt(system, receipt);
  const practice = await reach(operator, id, 'registered');
  expect(practice.attention).toEqual(['paymentUnmatched']);
  const tasks = await system.db.prisma.operatorTask.findMany({ where: { practiceId: id, reason: 'paymentUnmatched' } });
  expect(tasks).toHaveLength(1);
});

test('whoever comes back from the gateway is believed only when the gateway confirms', async () => {
  const { citizen } = await people();
  const id = await sent(citizen, await offer(system, { payment: fee }));
  await reach(citizen, id, 'awaitingPayment');
  await opened(id, 1);
  const returned = await does(citizen, id, 'payment-returns');
  expect(returned.practice.statusLabel).toBe("In attesa dell'esito del pagamento");
  // Nothing was paid yet: one may try again.
  const { body } = await citizen.get(`/api/v1/practices/${id}/checkout`);
  expect(body.url).toMatch(/^http/);
  await expectStatus(202, deliverReceipt(system, await payAtGateway(system, id)));
  await reach(citizen, id, 'registered');
});

test('whoever has paid and comes back is registered although no call of the gateway ever came', async () => {
  const { citizen } = await people();
  const id = await sent(citizen, await offer(system, { payment: fee }));
  await reach(citizen, id, 'awaitingPayment');
  await opened(id, 1);
  await payAtGateway(system, id);
  await citizen.post(`/api/v1/practices/${id}/payment-returns`);
  await reach(citizen, id, 'registered');
});

test('an approval waits for stamps and money, tells nothing of its outcome before, and ends when both have come', async () => {
  const { citizen, operator } = await people();
  const service = await offer(system, {
    releasePayment: { ...release, formula: { '*': [{ var: 'request.metres' }, 1000] } },
    stamps: { atRelease: { count: 1 } },
    switches: { partialApproval: true },
  });
  const id = await sent(citizen, service, { metres: 3 });
  await reach(citizen, id, 'registered');
  await decides(operator, id, 'take-charge');
  await decides(operator, id, 'approve-partially', { message: 'Si concede solo il lato nord del passo.' });
  const stamps = await reach(citizen, id, 'awaitingFinalStamps');
  expect([stamps.statusLabel, stamps.outcome, stamps.stamps.needed]).toEqual(['In attesa di pagamento bolli', null, 1]);
  await does(citizen, id, 'stamps', stampNumbers(fresh()));
  const paying = await reach(citizen, id, 'awaitingFinalPayment');
  expect([paying.payment.amountCents, paying.outcome]).toEqual([3000, null]);
  await opened(id, 1);
  await pay(system, id);
  const ended = await reach(citizen, id, 'partiallyApproved');
  expect([ended.statusLabel, ended.outcome]).toEqual(['Parzialmente approvata', 'partiallyApproved']);
  await registered(citizen, id, 'decision');
});

test('the officer may change the deferred payment, and zero is exempt: approved at once', async () => {
  const { citizen, operator } = await people();
  const service = await offer(system, { releasePayment: { ...release, amountCents: 5000 } });
  const changed = await sent(citizen, service);
  await reach(citizen, changed, 'registered');
  await decides(operator, changed, 'take-charge');
  await decides(operator, changed, 'approve', { feeCents: 4200 });
  expect((await reach(citizen, changed, 'awaitingFinalPayment')).payment.amountCents).toBe(4200);
  const exempt = await sent(citizen, service);
  await reach(citizen, exempt, 'registered');
  await decides(operator, exempt, 'take-charge');
  await decides(operator, exempt, 'approve', { feeCents: 0 });
  await reach(citizen, exempt, 'approved');
});

test('a service without deferred payment refuses one by name, also a negative or a fractional amount', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system));
  await reach(citizen, id, 'registered');
  await decides(operator, id, 'take-charge');
  const errors = async (body: object) => (await attempts(operator, id, 'approve', body)).body.errors;
  expect(await errors({ feeCents: 100, stamps: 1 })).toEqual([
    { path: 'feeCents', rule: 'notConfigured', message: 'Il servizio non prevede un pagamento al rilascio.' },
    { path: 'stamps', rule: 'notConfigured', message: 'Il servizio non prevede bolli al rilascio.' },
  ]);
  expect(await errors({ feeCents: -1 })).toEqual([
    { path: 'feeCents', rule: 'tooSmall', message: '"feeCents" deve essere almeno 0.' },
  ]);
  expect(await errors({ feeCents: 10.5 })).toEqual([
    { path: 'feeCents', rule: 'type', message: '"feeCents" deve essere un numero intero.' },
  ]);
  expect((await operator.get(`/api/v1/practices/${id}`)).body.status).toBe('inCharge');
});

test('a deferred payment annulled by the office can no longer be paid', async () => {
  const { citizen, operator } = await people();
  const manager = await as(system, 'elena.riva');
  const id = await sent(citizen, await offer(system, { releasePayment: { ...release, amountCents: 5000 } }));
  await reach(citizen, id, 'registered');
  await decides(operator, id, 'take-charge');
  await decides(operator, id, 'approve');
  await reach(citizen, id, 'awaitingFinalPayment');
  await opened(id, 1);
  await decides(manager, id, 'annul', { message: 'Il richiedente non ha mai pagato il canone.' });
  await happened(citizen, id, 'positionClosed');
  expect((await system.application.payments.findPosition(`${id}/pay/1`))?.status).toBe('invalidated');
  await registered(citizen, id, 'annulment');
  expect((await system.db.prisma.document.findMany({ where: { practiceId: id, kind: 'decision' } })).length).toBe(1);
});

test('a draft with nothing paid may be deleted, also while it waits for stamps, and is gone for its owner', async () => {
  const { citizen } = await people();
  const service = await offer(system, { stamps: { atRequest: { count: 1 } } });
  const draft = await draftOf(citizen, service);
  await expectStatus(204, citizen.post(`/api/v1/practices/${draft}/delete-draft`));
  const waiting = await sent(citizen, service);
  await expectStatus(204, citizen.post(`/api/v1/practices/${waiting}/delete-draft`));
  for (const id of [draft, waiting]) {
    await until('the draft to be gone', async () => (await citizen.get(`/api/v1/practices/${id}`)).status === 404);
    expect(await system.db.prisma.draft.findUnique({ where: { practiceId: id } })).toMatchObject({ content: {} });
  }
});
