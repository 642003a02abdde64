import { startOptionsOf } from '../../src/application/inbox/start';
import { act, completeDraft, expectStatus, pay, reach } from '../support/builders';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await buildSystem();
  await system.startWorker();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const activities = async (id: string): Promise<string[]> =>
  ((await historyOf(system, id)).events ?? []).flatMap((event) => {
    const name = event.activityTaskScheduledEventAttributes?.activityType?.name;
    return name ? [name] : [];
  });

test('a practice that began before 0.3.0 tells by an activity until it continues as new, and by the queue afterwards', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await completeDraft(citizen);
  // Started as release 0.2.0 did, before our own sender is there to do it.
  const { taskQueue } = system;
  const options = await startOptionsOf(system.db, { taskQueue, publicUrl: 'http://127.0.0.1:3000' }, id, 'draft');
  const args = options.args.map(({ tells: _none, ...input }) => input) as unknown as typeof options.args;
  await system.client.workflow.start('practice', { ...options, args });
  system.startSender();
  await expectStatus(200, citizen.post(`/api/v1/practices/${id}/submit`));
  await until(
    'the position',
    async () => (await citizen.get(`/api/v1/practices/${id}`)).body.payment?.status === 'open',
  );
  await pay(system, id);
  await reach(citizen, id, 'registered');
  expect((await activities(id)).filter((name) => name === 'notify')).not.toEqual([]);

  const handle = system.client.workflow.getHandle(`practice/bugliano/${id}`);
  const { runId } = await handle.describe();
  await handle.signal('renew');
  await until('the next run', async () => (await handle.describe()).runId !== runId);
  await expectStatus(200, act(operator, id, 'take-charge'));
  const told = await until('the mail of the taking in charge', () =>
    system.db.prisma.message.findFirst({ where: { practiceId: id, status: 'sent', template: 'inCharge' } }),
  );
  expect(told.deliveredAt).not.toBeNull();
  expect(await activities(id)).toEqual(['project']);
});
