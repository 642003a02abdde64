import { explainPractice } from '../../src/application/administration/explain';
import { findPractice } from '../../src/application/administration/find-practice';
import { awaitingPayment, completeDraft, practiceInCharge, registeredPractice } from '../support/builders';
import type { ApiClient } from '../support/client';
import { SECOND_TENANT } from '../support/constants';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { administrationOf, found, iter } from './support';

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

async function explain(id: string) {
  return explainPractice(administrationOf(system), await found(system, id));
}

test('a practice is found by id, code and number in the register, and is fine', async () => {
  const id = await practiceInCharge(system, citizen, operator);
  const row = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  for (const name of [id, row.code ?? '', row.registration ?? '', String(row.registration).replace(/^0+/, '')]) {
    const search = await findPractice(system.db, name);
    expect(search).toMatchObject({ kind: 'found', practice: { row: { id } } });
  }
  const { code, stdout, stderr } = await iter(system, 'practice', 'explain', row.registration ?? '');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(
    `${row.code}, registered as ${row.registration}: service permesso-ztl (version ${row.serviceVersion}) of bugliano`,
  );
  expect(stdout).toContain('State: inCharge ("In carico") since ');
  expect(stdout).toContain(`caseOfficer: the operator ${row.assigneeId} has it in charge (since `);
  expect(stdout).toContain('approve ("Approva")');
  expect(stdout).toContain('deadline term: until ');
  expect(stdout).toContain('L. 241/1990 art. 2');
  expect(stdout).toContain(`practice/bugliano/${id}, run `);
  expect(stdout).toMatch(/running since .*\n.*history events, at event \d+, not parked/);
  expect(stdout).toMatch(/\d\d\/\d\d\/\d{4}, \d\d:\d\d {2}chargeTaken/);
  expect(stdout).not.toMatch(/Giulia|Bianchi|BNCGLI|Marco|Conti|@/);
});

test('programs get the same as JSON', async () => {
  const id = await registeredPractice(system, citizen);
  const { code, stdout } = await iter(system, 'practice', 'explain', id, '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    practice: { id, tenant: 'bugliano', status: 'registered', statusLabel: 'Protocollata', ended: false },
    waitingFor: [{ on: 'office', acts: expect.arrayContaining(['takeCharge']) }],
    engine: { agreement: 'agrees', status: 'RUNNING', answer: { parked: null } },
    inbox: [],
    trouble: [],
  });
});

test('a draft waits for its applicant, a payment for the money until its hour', async () => {
  const draft = await explain(await completeDraft(citizen));
  expect(draft).toMatchObject({ waitingFor: [{ on: 'applicant', acts: expect.arrayContaining(['submit']) }] });
  const payment = await explain(await awaitingPayment(citizen));
  expect(payment).toMatchObject({
    waitingFor: [{ on: 'applicant' }],
    next: { deadlines: [{ kind: 'payment', rule: expect.stringContaining('rule of the service') }] },
    payments: [{ ordinal: 1, status: 'open', amountCents: 1600 }],
  });
});

test('a practice without workflow needs attention and is told how to come back', async () => {
  const id = await registeredPractice(system, citizen);
  await system.client.workflow.getHandle(`practice/bugliano/${id}`).terminate('lost on purpose');
  const { code, stdout } = await iter(system, 'practice', 'explain', id);
  expect(code).toBe(3);
  expect(stdout).toContain('Needs attention:\n  its workflow is terminated although something is left to do');
});

test('an engine that does not answer is said, and the rest is told all the same', async () => {
  const id = await registeredPractice(system, citizen);
  const elsewhere = { ...system, temporal: { ...system.temporal, address: '127.0.0.1:1' } };
  const { code, stdout } = await iter(elsewhere, 'practice', 'explain', id);
  expect(code).toBe(3);
  expect(stdout).toContain('Temporal does not answer');
  expect(stdout).toContain('office: somebody of the office must take it in charge');
}, 90_000);

test('what nobody has is told apart from what several have', async () => {
  const missing = await iter(system, 'practice', 'explain', 'ZTL-1999-000001');
  expect(missing).toEqual({ code: 4, stdout: '', stderr: 'No practice is known as "ZTL-1999-000001".\n' });
  const id = await registeredPractice(system, citizen);
  const row = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  const other = await system.db.prisma.tenant.findUniqueOrThrow({ where: { code: SECOND_TENANT.code } });
  const twin = '01900000-0000-7000-8000-00000000abcd';
  await system.db.pool.query(
    `INSERT INTO practice SELECT (jsonb_populate_record(practice, jsonb_build_object(
       'id', $1::text, 'tenant_id', $2::text, 'seq', 0, 'snapshot', NULL))).* FROM practice WHERE id = $3::uuid`,
    [twin, other.id, id],
  );
  try {
    await system.db.pool.query(
      `UPDATE practice SET snapshot = (SELECT snapshot FROM practice WHERE id = $2::uuid) WHERE id = $1::uuid`,
      [twin, id],
    );
    const ambiguous = await iter(system, 'practice', 'explain', row.code ?? '');
    expect(ambiguous).toMatchObject({ code: 2, stdout: '' });
    expect(ambiguous.stderr).toContain('--tenant vicinato');
    const told = await iter(system, 'practice', 'explain', row.code ?? '', '--tenant', 'bugliano', '--json');
    expect(JSON.parse(told.stdout).practice.id).toBe(id);
    expect((await iter(system, 'practice', 'explain', id, '--tenant', 'nowhere')).code).toBe(4);
  } finally {
    await system.db.pool.query('DELETE FROM practice WHERE id = $1::uuid', [twin]);
  }
});

test('a command that was not understood shows how it is written', async () => {
  for (const args of [
    [],
    ['explain'],
    ['explode', 'x'],
    ['explain', 'x', 'y'],
    ['explain', 'x', '--verbose'],
    ['park', 'x'],
  ]) {
    const { code, stderr } = await iter(system, 'practice', ...args);
    expect(code).toBe(2);
    expect(stderr).toContain('npx iter practice explain <id | code | registration>');
  }
});
