import { aPdf, expectStatus, pay, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { as, attempts, decides, does, happened, offer, papers, registered, sent, story } from '../support/services';
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

const REASONS = 'Mancano i requisiti richiesti dal regolamento comunale.';

async function people() {
  return {
    citizen: await as(system, 'giulia.bianchi'),
    operator: await as(system, 'marco.conti'),
    manager: await as(system, 'elena.riva'),
  };
}

async function inCharge(changes: Parameters<typeof offer>[1] = {}) {
  const { citizen, operator, manager } = await people();
  const id = await sent(citizen, await offer(system, changes));
  await reach(citizen, id, 'registered');
  await decides(operator, id, 'take-charge');
  return { id, citizen, operator, manager };
}

test('the applicant withdraws; the withdrawal is a registered document of its own', async () => {
  const { id, citizen } = await inCharge();
  await does(citizen, id, 'withdrawals', { reason: 'Ho cambiato idea.' });
  expect((await reach(citizen, id, 'withdrawn')).statusLabel).toBe('Ritirata');
  expect(await registered(citizen, id, 'withdrawal')).toMatch(/^\d{7}$/);
});

test('withdrawal is refused where the service turns it off, after money was paid, and to whoever is not the applicant', async () => {
  const off = await inCharge({ switches: { withdraw: false } });
  const refused = await off.citizen.post(`/api/v1/practices/${off.id}/withdrawals`);
  expect(refused.body).toMatchObject({ status: 409, code: 'ACT_DISABLED_BY_SERVICE' });
  const { citizen, operator } = await people();
  const fee = { amountCents: 100, windowMinutes: 60, onExpiry: 'expired', reason: 'Diritti' } as const;
  const paid = await sent(citizen, await offer(system, { payment: fee }));
  await until('the position to be open', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: paid } });
    return row?.status === 'open';
  });
  await pay(system, paid);
  await reach(citizen, paid, 'registered');
  expect((await citizen.post(`/api/v1/practices/${paid}/withdrawals`)).body).toMatchObject({
    status: 409,
    code: 'WITHDRAW_AFTER_PAYMENT',
    detail: 'La domanda non si può ritirare perché è già stata pagata.',
  });
  expect((await operator.post(`/api/v1/practices/${paid}/withdrawals`)).body.code).toBe('FORBIDDEN');
});

test('a practice is archived with its reasons', async () => {
  const { id, citizen, operator } = await inCharge();
  await decides(operator, id, 'archive', { message: 'Il richiedente non ha mai risposto.' });
  await reach(citizen, id, 'archived');
  await registered(citizen, id, 'archiving');
});

test('the manager annuls also after approval; the practice comes back to life for it and ends again', async () => {
  const { id, citizen, operator, manager } = await inCharge();
  await decides(operator, id, 'approve');
  await reach(citizen, id, 'approved');
  await registered(citizen, id, 'decision');
  expect((await attempts(operator, id, 'annul', { message: REASONS })).body.code).toBe('FORBIDDEN');
  await decides(manager, id, 'annul', { message: REASONS });
  await reach(citizen, id, 'annulled');
  await registered(citizen, id, 'annulment');
  const handle = system.client.workflow.getHandle(`practice/bugliano/${id}`);
  await until('the new run to end', async () => (await handle.describe()).status.name === 'COMPLETED');
});

test('after the decision nothing changes: reopening is off unless the service allows it', async () => {
  const closed = await inCharge();
  await decides(closed.operator, closed.id, 'reject', { message: REASONS });
  await reach(closed.citizen, closed.id, 'rejected');
  expect((await attempts(closed.operator, closed.id, 'reopen', { message: REASONS })).body.code).toBe(
    'ACT_DISABLED_BY_SERVICE',
  );
  expect((await attempts(closed.operator, closed.id, 'approve')).body).toMatchObject({
    status: 409,
    code: 'PRACTICE_CLOSED',
  });
  const open = await inCharge({ switches: { reopening: true } });
  await decides(open.operator, open.id, 'reject', { message: REASONS });
  await reach(open.citizen, open.id, 'rejected');
  await registered(open.citizen, open.id, 'decision');
  await decides(open.operator, open.id, 'reopen', { message: 'Il richiedente ha ragione: si riesamina.' });
  expect((await reach(open.citizen, open.id, 'inCharge')).answerBy).toBeNull();
  await decides(open.operator, open.id, 'approve');
  await reach(open.citizen, open.id, 'approved');
  expect((await papers(open.citizen, open.id)).filter(([kind]) => kind === 'decision')).toHaveLength(2);
});

test('where a notice is required nobody rejects without it, unless a legal exemption is named', async () => {
  const { id, operator } = await inCharge({ rejectionNotice: 'required' });
  expect((await attempts(operator, id, 'reject', { message: REASONS })).body).toMatchObject({
    status: 409,
    code: 'REJECTION_NOTICE_REQUIRED',
    detail: 'Prima di rifiutare il servizio richiede il preavviso di rigetto (art. 10-bis, legge 241/1990).',
  });
  const noticeWaiver = { reason: 'competitiveProcedure', text: 'Si tratta di una procedura concorsuale.' };
  await decides(operator, id, 'reject', { message: REASONS, noticeWaiver });
  await reach(operator, id, 'rejected');
});

test('the applicant answers a notice with observations and a file, then the office rejects', async () => {
  const { id, citizen, operator } = await inCharge({ rejectionNotice: 'required' });
  await decides(operator, id, 'rejection-notices', { message: REASONS });
  await registered(citizen, id, 'rejectionNotice');
  const noticed = await reach(citizen, id, 'rejectionNoticed');
  expect([noticed.termSuspended, noticed.notice.closedBy]).toEqual([true, null]);
  const file = await expectStatus(201, citizen.upload(id, 'observations', 'prova.pdf', await aPdf('Prova')));
  await does(citizen, id, 'observations', {
    message: 'Il requisito è dimostrato nel file allegato.',
    attachments: [file.id],
  });
  expect((await reach(citizen, id, 'inCharge')).notice.closedBy).toBe('observations');
  await registered(citizen, id, 'observations');
  expect((await attempts(operator, id, 'rejection-notices', { message: REASONS })).body.code).toBe('ALREADY_NOTICED');
  await decides(operator, id, 'reject', { message: REASONS });
  await reach(citizen, id, 'rejected');
});

test('a decision may be a file of the office’s own, with attachments, and nobody sees it before it is registered', async () => {
  const { id, citizen, operator } = await inCharge();
  const content = await aPdf('Determinazione n. 7');
  const document = await expectStatus(201, operator.upload(id, 'decision', 'determina.pdf', content));
  const annex = await expectStatus(201, operator.upload(id, 'decision', 'planimetria.pdf', await aPdf('Planimetria')));
  await decides(operator, id, 'approve', { message: 'Si approva.', document: document.id, attachments: [annex.id] });
  await reach(citizen, id, 'approved');
  const { items } = await expectStatus(200, citizen.get(`/api/v1/practices/${id}/documents`));
  const decision = items.find((row: { kind: string }) => row.kind === 'decision');
  expect((await citizen.get(decision.href)).body).toEqual(content);
  expect(decision.sha256).toBe(document.sha256);
});

test('several integration requests are possible; one is cancelled and stays on the timeline', async () => {
  const { id, citizen, operator } = await inCharge();
  const ask = { message: 'Serve il tipo della richiesta.', fields: ['request.kind'] };
  await decides(operator, id, 'integration-requests', ask);
  await reach(citizen, id, 'awaitingIntegration');
  await decides(operator, id, 'integration-cancellations', { reason: 'Chiesto per errore.' });
  await reach(citizen, id, 'inCharge');
  await decides(operator, id, 'integration-requests', ask);
  const second = await reach(citizen, id, 'awaitingIntegration');
  // Only the first suspends the term.
  expect([second.integration.round, second.termSuspended]).toEqual([2, false]);
  await does(citizen, id, 'integration-answers', { values: { 'request.kind': 'large' } });
  await reach(citizen, id, 'inCharge');
  expect((await story(citizen, id)).filter((type) => type === 'integrationCancelled')).toHaveLength(1);
  expect((await attempts(operator, id, 'integration-cancellations')).body.code).toBe('ACT_NOT_ALLOWED_IN_STATE');
});

test('messages of the applicant count as the integration when the operator takes them', async () => {
  const { id, citizen, operator } = await inCharge();
  await decides(operator, id, 'integration-requests', { message: 'Serve il tipo.', fields: ['request.kind'] });
  await reach(citizen, id, 'awaitingIntegration');
  const path = `/api/v1/practices/${id}/messages`;
  const message = await expectStatus(201, citizen.post(path, { text: 'Il tipo è grande, come da accordi.' }));
  const own = await expectStatus(201, operator.post(path, { text: 'Grazie.' }));
  const wrong = await attempts(operator, id, 'integration-acceptances', { messages: [own.id] });
  expect(wrong.body.errors).toEqual([
    {
      path: 'messages.0',
      rule: 'message',
      message: 'Non è un messaggio del richiedente scritto dopo la richiesta di integrazioni.',
    },
  ]);
  await decides(operator, id, 'integration-acceptances', { messages: [message.id] });
  await reach(citizen, id, 'inCharge');
  await registered(citizen, id, 'integrationAnswer');
});

test('start of the procedure and communications go out as registered documents; those to other offices are not the applicant’s', async () => {
  const { id, citizen, operator } = await inCharge();
  await decides(operator, id, 'start-notice');
  await registered(citizen, id, 'startNotice');
  const missing = await attempts(operator, id, 'communications', {
    to: 'office',
    subject: 'Parere',
    message: 'Si chiede il parere di competenza.',
  });
  expect(missing.body.errors).toEqual([
    { path: 'recipient', rule: 'required', message: 'Indica nome ed e-mail dell’ufficio destinatario.' },
  ]);
  await decides(operator, id, 'communications', {
    to: 'office',
    recipient: { name: 'Polizia locale', email: 'polizia@bugliano.example' },
    subject: 'Parere',
    message: 'Si chiede il parere di competenza.',
  });
  await registered(operator, id, 'communication');
  await decides(operator, id, 'communications', {
    to: 'applicant',
    subject: 'Sopralluogo',
    message: 'Il sopralluogo è fissato per lunedì alle 10.',
  });
  await until('both to be registered', async () => {
    const rows = (await papers(operator, id)).filter(([kind, number]) => kind === 'communication' && number);
    return rows.length === 2;
  });
  expect((await papers(citizen, id)).filter(([kind]) => kind === 'communication')).toHaveLength(1);
  await happened(citizen, id, 'documentRegistered');
});
