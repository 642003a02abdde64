import { act, deliverReceipt, expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type SpawnedWorker, spawnWorker } from '../support/spawn-worker';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';

let system: System;
const workers: SpawnedWorker[] = [];
beforeAll(async () => {
  system = await buildSystem();
});
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await system.stop();
});

/** The break that a prototype showed: PostgreSQL said approved, and another act took the same sequence number. */
test('a worker killed after a decision was committed, while a signal arrives, neither loses nor repeats either', async () => {
  const first = await spawnWorker(system);
  workers.push(first);
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  const { held } = await first.hold({ call: 'project:decided', when: 'after', practice: id });
  // The outcome is written with the projection, so the officer is answered although the engine has not heard of it.
  await expectStatus(200, act(operator, id, 'approve'));
  await held;
  const stray = {
    receiptId: 'stray-1',
    requestId: `${id}/pay/1`,
    iuv: '01000000000000000',
    amountCents: 999,
    paidAt: new Date().toISOString(),
    provider: 'Banca di prova',
  };
  await expectStatus(202, deliverReceipt(system, { ...stray, requestId: `${id}/pay/1` }));
  await until('the signal to reach the engine', async () => {
    const row = await system.db.prisma.inboxRow.findFirst({ where: { idempotencyKey: 'stray-1' } });
    return row && row.attempts > 0 && row.notBefore !== null;
  });
  await first.kill();

  workers.push(await spawnWorker(system));
  const wellAgain = Date.now();
  await reach(citizen, id, 'approved');
  const { items } = (await operator.get(`/api/v1/practices/${id}/timeline`)).body;
  const decisions = items.filter((event: { type: string }) => event.type === 'decided');
  expect(decisions).toHaveLength(1);
  await until('the stray receipt to have its outcome', async () => {
    const row = await system.db.prisma.inboxRow.findFirst({ where: { idempotencyKey: 'stray-1' } });
    return row?.outcome;
  });
  const worstRecoveryMs = Date.now() - wellAgain;
  const title =
    'a worker killed after a decision was committed, while a signal arrives, neither loses nor repeats either';
  await conclude(system, { fault: 'F4', title, seed: undefined, runs: 1, injected: 1, worstRecoveryMs });
}, 180_000);
