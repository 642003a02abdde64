import { expectStatus, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { as, attempts, decides, happened, offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

const TWO_OFFICES = { offices: ['mobilita', 'tributi'] };

async function people() {
  return {
    citizen: await as(system, 'giulia.bianchi'),
    marco: await as(system, 'marco.conti'),
    sara: await as(system, 'sara.ferri'),
    luca: await as(system, 'luca.neri'),
  };
}

async function bugliano(): Promise<string> {
  return (await system.db.prisma.tenant.findUniqueOrThrow({ where: { code: 'bugliano' } })).id;
}

async function idOf(username: string): Promise<string> {
  return (await system.db.prisma.account.findFirstOrThrow({ where: { username, tenantId: await bugliano() } })).id;
}

test('assigned to an office only, any member may take it in charge and nobody else', async () => {
  const { citizen, marco, luca } = await people();
  const id = await sent(citizen, await offer(system, TWO_OFFICES));
  await reach(citizen, id, 'registered');
  const assigned = await decides(marco, id, 'assignments', { office: 'tributi', note: 'È un tributo.' });
  expect(assigned.practice).toMatchObject({
    status: 'inCharge',
    assignee: null,
    office: { code: 'tributi', name: 'Tributi' },
  });
  const refused = await attempts(marco, id, 'take-charge');
  expect(refused.body).toMatchObject({
    status: 403,
    code: 'NOT_OF_THE_OFFICE',
    detail: 'La pratica è assegnata all’ufficio "Tributi": solo chi ne fa parte può farlo.',
  });
  expect((await attempts(marco, id, 'assignments', { office: 'mobilita' })).body.code).toBe('NOT_OF_THE_OFFICE');
  const taken = await decides(luca, id, 'take-charge');
  expect(taken.practice.assignee.name).toBe('Luca Neri');
  const notes = await system.db.prisma.note.findMany({ where: { practiceId: id } });
  expect(notes.map(({ text }) => text)).toEqual(['È un tributo.']);
});

test('only the operator in charge decides; a colleague is told to take over, does, and then decides', async () => {
  const { citizen, marco, sara } = await people();
  const id = await sent(citizen, await offer(system));
  await reach(citizen, id, 'registered');
  await decides(marco, id, 'take-charge');
  const refused = await attempts(sara, id, 'approve');
  expect(refused.body).toMatchObject({
    status: 403,
    code: 'NOT_ASSIGNEE',
    remedy: 'Subentra nella pratica, poi ripeti l’azione.',
  });
  expect((await attempts(sara, id, 'take-charge')).body.code).toBe('ALREADY_IN_CHARGE');
  expect((await attempts(marco, id, 'take-over')).body.code).toBe('ALREADY_YOURS');
  const taken = await decides(sara, id, 'take-over');
  expect(taken.practice.assignee.name).toBe('Sara Ferri');
  expect((await attempts(marco, id, 'approve')).body.code).toBe('NOT_ASSIGNEE');
  await decides(sara, id, 'approve');
  await reach(citizen, id, 'approved');
});

test('a released practice is nobody’s: it is taken in charge again before anything is decided', async () => {
  const { citizen, marco, sara } = await people();
  const id = await sent(citizen, await offer(system));
  await reach(citizen, id, 'registered');
  await decides(marco, id, 'take-charge');
  const released = await decides(marco, id, 'release', { note: 'Vado in ferie.' });
  expect(released.practice.assignee).toBeNull();
  expect((await attempts(marco, id, 'approve')).body).toMatchObject({
    code: 'NOT_ASSIGNEE',
    remedy: 'Prendi in carico la pratica, poi ripeti l’azione.',
  });
  expect((await attempts(sara, id, 'take-over')).body.code).toBe('NOBODY_IN_CHARGE');
  expect((await decides(sara, id, 'take-charge')).practice.assignee.name).toBe('Sara Ferri');
});

test('assigned to a person, it goes to an office of theirs that handles the service; strangers are refused', async () => {
  const { citizen, marco } = await people();
  const id = await sent(citizen, await offer(system, TWO_OFFICES));
  await reach(citizen, id, 'registered');
  const { body } = await attempts(marco, id, 'assignments', { operator: await idOf('giulia.bianchi') });
  expect([body.status, body.code]).toEqual([422, 'ASSIGNEE_UNKNOWN']);
  expect((await attempts(marco, id, 'assignments', {})).body.errors).toEqual([
    { path: 'operator', rule: 'required', message: 'Indica un operatore, un ufficio, o entrambi.' },
  ]);
  expect((await attempts(marco, id, 'assignments', { office: 'anagrafe' })).body.params).toEqual({ given: 'anagrafe' });
  const operators = await expectStatus(200, marco.get('/api/v1/operators'));
  const luca = operators.items.find((row: { name: string }) => row.name === 'Luca Neri');
  const assigned = await decides(marco, id, 'assignments', { operator: luca.id });
  expect(assigned.practice).toMatchObject({ assignee: { name: 'Luca Neri' }, office: { code: 'tributi' } });
});

test('a service may assign by what the applicant wrote, as soon as the number exists', async () => {
  const { citizen } = await people();
  const service = await offer(system, {
    ...TWO_OFFICES,
    automaticAssignment: {
      field: 'request.kind',
      cases: [{ equals: 'large', to: { office: 'tributi', operator: 'luca.neri' } }],
      otherwise: { office: 'mobilita' },
    },
  });
  const large = await reach(citizen, await sent(citizen, service, { kind: 'large' }), 'inCharge');
  expect(large).toMatchObject({ assignee: { name: 'Luca Neri' }, office: { code: 'tributi' } });
  expect(large.registration.number).toMatch(/^\d{7}$/);
  const small = await reach(citizen, await sent(citizen, service, { kind: 'small' }), 'inCharge');
  expect(small).toMatchObject({ assignee: null, office: { code: 'mobilita' } });
});

test('the priority is medium until somebody sets another, and setting it moves nothing else', async () => {
  const { citizen, marco } = await people();
  const id = await sent(citizen, await offer(system));
  expect((await reach(citizen, id, 'registered')).priority).toBe('medium');
  const raised = await expectStatus(200, marco.post(`/api/v1/practices/${id}/priority`, { priority: 'high' }));
  expect(raised.practice).toMatchObject({ priority: 'high', status: 'registered' });
  const wrong = await marco.post(`/api/v1/practices/${id}/priority`, { priority: 'urgent' });
  expect(wrong.body.errors).toEqual([
    { path: 'priority', rule: 'choice', message: '"priority" può essere solo: high, medium, low.' },
  ]);
});

test('phases are changed along their edges only, and decisions belong to a phase', async () => {
  const { citizen, marco } = await people();
  const service = await offer(system, {
    phases: [
      { key: 'precheck', label: 'Preistruttoria', next: ['review'] },
      { key: 'review', label: 'Istruttoria', next: ['precheck'], decisions: ['approved', 'rejected'] },
    ],
  });
  const id = await sent(citizen, service);
  await reach(citizen, id, 'registered');
  await decides(marco, id, 'take-charge');
  expect((await attempts(marco, id, 'approve')).body).toMatchObject({
    status: 409,
    code: 'PHASE_NOT_DECIDING',
    detail: 'Nella fase "Preistruttoria" non si può fare "Approva".',
  });
  expect((await attempts(marco, id, 'phase', { phase: 'precheck' })).body).toMatchObject({
    code: 'PHASE_NOT_NEXT',
    remedy: 'Puoi passare a: review.',
  });
  const moved = await decides(marco, id, 'phase', { phase: 'review', note: 'Documenti completi.' });
  expect(moved.practice.phase).toEqual({ key: 'review', label: 'Istruttoria', next: ['precheck'] });
  await happened(marco, id, 'phaseChanged');
  await decides(marco, id, 'approve');
  await reach(citizen, id, 'approved');
});
