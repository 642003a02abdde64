import { expectStatus, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { as, attempts, decides, does, happened, offer, papers, registered, sent, story } from '../support/services';
import { type System, startSystem } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

async function people() {
  return {
    citizen: await as(system, 'giulia.bianchi'),
    operator: await as(system, 'marco.conti'),
    colleague: await as(system, 'sara.ferri'),
  };
}

test('at the planning desk one act gives the code, the registration and the case officer; before, there are none', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { registration: 'onAcceptance' }));
  const waiting = await reach(citizen, id, 'toAccept');
  expect([waiting.code, waiting.registration, waiting.assignee]).toEqual([null, null, null]);
  // The receipt of submission is issued all the same.
  expect(await papers(citizen, id)).toEqual([
    ['receipt', null],
    ['request', null],
  ]);
  await decides(operator, id, 'accept');
  const accepted = await reach(citizen, id, 'inCharge');
  expect(accepted.code).toMatch(/^PRV[A-Z]{2}-\d{4}-000001$/);
  expect(accepted.registration.number).toMatch(/^\d{7}$/);
  expect(accepted.assignee.name).toBe('Marco Conti');
});

test('whoever accepts may name the case officer', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { registration: 'onAcceptance' }));
  await reach(citizen, id, 'toAccept');
  const sara = await system.db.prisma.account.findFirstOrThrow({ where: { username: 'sara.ferri' } });
  await decides(operator, id, 'accept', { operator: sara.id });
  const accepted = await reach(citizen, id, 'inCharge');
  expect(accepted.assignee.name).toBe('Sara Ferri');
});

test('a case officer of an office that does not handle the service is refused by name', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { registration: 'onAcceptance' }));
  await reach(citizen, id, 'toAccept');
  const luca = await system.db.prisma.account.findFirstOrThrow({ where: { username: 'luca.neri' } });
  const { status, body } = await attempts(operator, id, 'accept', { operator: luca.id });
  expect([status, body.code, body.detail]).toEqual([
    422,
    'ASSIGNEE_UNKNOWN',
    `"${luca.id}" non può ricevere questa pratica.`,
  ]);
});

test('withdrawn before it was accepted, nothing of it goes to the register', async () => {
  const { citizen } = await people();
  const id = await sent(citizen, await offer(system, { registration: 'onAcceptance' }));
  await reach(citizen, id, 'toAccept');
  await does(citizen, id, 'withdrawals');
  await reach(citizen, id, 'withdrawn');
  await happened(citizen, id, 'documentFiled');
  expect((await papers(citizen, id)).map(([kind, number]) => `${kind} ${number}`)).toEqual([
    'receipt null',
    'request null',
    'withdrawal null',
  ]);
});

test('a service that registers on submission has nothing to accept', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system));
  await reach(citizen, id, 'registered');
  const { body } = await attempts(operator, id, 'accept');
  expect(body).toMatchObject({ status: 409, code: 'ACT_DISABLED_BY_SERVICE' });
});

test('an act told twice with the same key is done once', async () => {
  const { citizen, operator } = await people();
  const id = await sent(citizen, await offer(system, { registration: 'onAcceptance' }));
  const { actVersion } = await reach(operator, id, 'toAccept');
  const path = `/api/v1/practices/${id}/accept`;
  const first = await expectStatus(200, operator.post(path, { actVersion }, 'accept-once-1'));
  const second = await expectStatus(200, operator.post(path, { actVersion }, 'accept-once-1'));
  expect(second.commandId).toBe(first.commandId);
  await registered(operator, id, 'request');
  expect((await story(operator, id)).filter((type) => type === 'accepted')).toHaveLength(1);
});
