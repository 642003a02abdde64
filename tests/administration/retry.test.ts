import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import { explainPractice } from '../../src/application/administration/explain';
import { parkPractice } from '../../src/application/administration/park';
import { retryPractice } from '../../src/application/administration/retry';
import {
  act,
  awaitingPayment,
  expectStatus,
  pay,
  practiceInCharge,
  reach,
  registeredPractice,
} from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { administrationOf, completed, found, iter } from './support';

let refusing = false;

function strict(register: ProtocolloPort): ProtocolloPort {
  return {
    ...register,
    register: async (request) =>
      refusing
        ? { kind: 'rejected', code: 'OFFICE_UNKNOWN', message: 'the office is not in the register' }
        : register.register(request),
  };
}

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
beforeAll(async () => {
  system = await startSystem({ replaceDeps: (deps) => ({ protocollo: strict(deps.protocollo) }) });
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
});
beforeEach(() => {
  refusing = false;
  system.setWait(20_000);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

async function retry(id: string, asAdministrator?: { username: string; reason: string }) {
  return retryPractice(administrationOf(system), await found(system, id), asAdministrator ? { asAdministrator } : {});
}

function openTasks(practiceId: string, reason: string) {
  return system.db.prisma.operatorTask.count({ where: { practiceId, reason, closedAt: null } });
}

test('a practice that nothing holds up is not changed', async () => {
  const id = await registeredPractice(system, citizen);
  const { runId } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
  expect(await retry(id)).toEqual({ done: ['nothing was held up: nothing was changed'], left: [] });
  expect((await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe()).runId).toBe(runId);
});

test('a parked practice takes acts and lets them wait, and does them when it is retried', async () => {
  const id = await practiceInCharge(system, citizen, operator);
  const parked = await iter(system, 'practice', 'park', id, '--reason', 'register being repaired');
  expect(parked).toMatchObject({ code: 0, stdout: expect.stringContaining('Parked: register being repaired.') });
  await until('the task', async () => (await openTasks(id, 'parked')) === 1);
  system.setWait(500);
  const taken = await expectStatus(202, act(operator, id, 'approve'));

  const explained = await iter(system, 'practice', 'explain', id);
  expect(explained.code).toBe(3);
  expect(explained.stdout).toContain('parked: register being repaired');
  expect(explained.stdout).toMatch(/Acts and receipts without outcome:\n {2}approve by operator, received /);

  const retried = await iter(system, 'practice', 'retry', id);
  expect(retried).toMatchObject({ code: 0, stderr: '' });
  expect(retried.stdout).toContain('Done: it was parked (register being repaired): it goes on.');
  await completed(system, id);
  expect((await operator.get(`/api/v1/commands/${taken.commandId}`)).body.outcome).toMatchObject({ result: 'done' });
  expect(await openTasks(id, 'parked')).toBe(0);
});

test('a practice whose cause has not gone is parked again, and that is said', async () => {
  const id = await practiceInCharge(system, citizen, operator);
  const row = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  // Another hand has moved the row, as a restore of an older backup would.
  await system.db.prisma.practice.update({ where: { id }, data: { seq: row.seq - 1 } });
  system.setWait(500);
  await expectStatus(202, act(operator, id, 'approve'));
  await until('the task', async () => (await openTasks(id, 'parked')) === 1);
  expect((await retry(id)).left).toEqual([
    'it was parked (project: ProjectionDiverged) and is parked again or still: the cause has not gone',
  ]);
  await system.db.prisma.practice.update({ where: { id }, data: { seq: row.seq } });
  expect((await retry(id)).left).toEqual([]);
  await completed(system, id);
});

test('a run that can not go on is ended on request, and its waiting act is done by a new one', async () => {
  const id = await practiceInCharge(system, citizen, operator);
  await parkPractice(administrationOf(system), await found(system, id), 'disagrees with PostgreSQL');
  system.setWait(500);
  await expectStatus(202, act(operator, id, 'approve'));
  const practice = await found(system, id);
  const { done, left } = await retryPractice(administrationOf(system), practice, { fromSnapshot: true });
  expect(left).toEqual([]);
  expect(done[0]).toBe(
    `its workflow was ended on request: started again from the snapshot at event ${practice.row.seq}`,
  );
  await completed(system, id);
});

test('a practice whose workflow is gone is started again where it was, and its waiting act is done', async () => {
  const id = await registeredPractice(system, citizen);
  await system.client.workflow.getHandle(`practice/bugliano/${id}`).terminate('lost on purpose');
  system.setWait(500);
  await expectStatus(202, act(operator, id, 'take-charge'));
  await until('the task', async () => (await openTasks(id, 'engineMissing')) === 1);
  const { row } = await found(system, id);
  const { done } = await retry(id);
  expect(done).toContain(`its workflow was terminated: started again from the snapshot at event ${row.seq}`);
  await reach(operator, id, 'inCharge');
  expect(await openTasks(id, 'engineMissing')).toBe(0);
});

test('a registration in trouble is retried only in the name of an administrator who says why, and the timeline tells it', async () => {
  refusing = true;
  const id = await awaitingPayment(citizen);
  await pay(system, id);
  await until('the flag', async () => (await found(system, id)).row.attention.includes('registrationRejected'));
  const explained = await explainPractice(administrationOf(system), await found(system, id));
  expect(explained).toMatchObject({
    waitingFor: [{ on: 'administrator', acts: ['retryRegistration'] }],
    registrations: [{ document: 1, status: 'rejected', errorCode: 'OFFICE_UNKNOWN' }],
    trouble: ['attention: registrationRejected'],
  });

  const reason = 'The office was added to the register.';
  expect((await retry(id)).left).toEqual([expect.stringContaining('--as-administrator')]);
  expect((await retry(id, { username: 'marco.conti', reason })).left).toEqual([
    'bugliano has no enabled administrator with the user name marco.conti',
  ]);
  refusing = false;
  const { code } = await iter(system, 'practice', 'retry', id, '--as-administrator', 'admin', '--reason', 'short');
  expect(code).toBe(2);
  expect(await retry(id, { username: 'admin', reason })).toEqual({
    done: ['retryRegistration was filed and taken: the register is asked again'],
    left: [],
  });
  await reach(operator, id, 'registered');
  const row = await system.db.prisma.inboxRow.findFirstOrThrow({
    where: { practiceId: id, type: 'retryRegistration' },
  });
  expect(row).toMatchObject({ actorRole: 'administrator', payload: { reason } });
  const event = await system.db.prisma.practiceEventRow.findFirst({
    where: { practiceId: id, cause: `act:${row.id}` },
  });
  expect(event).toMatchObject({ type: 'attentionCleared', actorRole: 'administrator' });
});

test('a reason that names a person is not taken, because it would reach the engine', async () => {
  const id = await registeredPractice(system, citizen);
  const practice = await found(system, id);
  expect(await parkPractice(administrationOf(system), practice, 'asked by giulia.bianchi@posta.example')).toEqual({
    kind: 'badReason',
    why: 'the reason holds a tax code or an e-mail address: say it with the practice’s id',
  });
});
