import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

test('a practice whose sequence was taken by something else is parked, told to somebody, and resumes when it is mended', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  const row = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  // Another hand has moved the row, as a restore of an older backup would.
  await system.db.prisma.practice.update({ where: { id }, data: { seq: row.seq - 1 } });
  system.setWait(500);
  const taken = await expectStatus(202, act(operator, id, 'approve'));
  const task = await until('the task', () =>
    system.db.prisma.operatorTask.findFirst({ where: { practiceId: id, reason: 'parked' } }),
  );
  expect(task.detail).toEqual({ reason: 'project: ProjectionDiverged' });
  const { body: pending } = await operator.get(`/api/v1/commands/${taken.commandId}`);
  expect(pending.outcome).toBeNull();

  await system.db.prisma.practice.update({ where: { id }, data: { seq: row.seq } });
  await system.client.workflow.getHandle(`practice/bugliano/${id}`).signal('resume');
  await reach(citizen, id, 'approved');
  expect((await operator.get(`/api/v1/commands/${taken.commandId}`)).body.outcome).toMatchObject({ result: 'done' });
});
