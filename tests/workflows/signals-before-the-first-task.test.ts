import { startOptionsOf } from '../../src/application/inbox/start';
import { completeDraft, expectStatus } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';

let system: System;
beforeAll(async () => {
  system = await buildSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

/** A practice whose first task finds these signals waiting, as one that continued as new just then would. */
async function begunWith(id: string, signals: readonly (readonly [string, ...string[]])[]) {
  const { taskQueue } = system;
  const options = await startOptionsOf(system.db, { taskQueue, publicUrl: 'http://127.0.0.1:3000' }, id, 'draft');
  const handle = await system.client.workflow.start('practice', options);
  for (const [name, ...args] of signals) await handle.signal(name, ...args);
  return handle;
}

const parkedBy = (handle: Awaited<ReturnType<typeof begunWith>>) =>
  handle.query<{ readonly parked: string | null }>('snapshot').then(({ parked }) => parked);

test('signals that came before the first task are taken in the order in which they came', async () => {
  const citizen = await system.as('giulia.bianchi');
  const [first, second] = [await completeDraft(citizen), await completeDraft(citizen)];
  const resumed = await begunWith(first, [['park', 'prova'], ['resume']]);
  const parked = await begunWith(second, [['park', 'prova'], ['resume'], ['park', 'di nuovo']]);
  await system.startWorker();
  expect(await parkedBy(resumed)).toBeNull();
  expect(await parkedBy(parked)).toBe('di nuovo');

  system.startSender();
  await expectStatus(200, citizen.post(`/api/v1/practices/${first}/submit`));
  await parked.signal('resume');
  await until('the second draft', async () => {
    const { seq } = await system.db.prisma.practice.findUniqueOrThrow({ where: { id: second } });
    return seq > 0;
  });
});
