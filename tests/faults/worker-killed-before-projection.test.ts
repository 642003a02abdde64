import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type SpawnedWorker, spawnWorker } from '../support/spawn-worker';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';

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

test('an act accepted by the engine and killed before it was written is carried out once, by the next worker', async () => {
  const first = await spawnWorker(system, { holdBefore: 'decided' });
  workers.push(first);
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  system.setWait(500);
  const taken = await expectStatus(202, act(operator, id, 'approve'));
  await first.held;
  await first.kill();
  workers.push(await spawnWorker(system));
  const outcome = await until(
    'the outcome',
    async () => (await operator.get(`/api/v1/commands/${taken.commandId}`)).body.outcome,
    40_000,
  );
  expect(outcome).toMatchObject({ result: 'done' });
  await reach(citizen, id, 'approved');
});
