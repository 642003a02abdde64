import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type SpawnedWorker, spawnWorker } from '../support/spawn-worker';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { PATIENCE_MS } from './support/life';

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
  const first = await spawnWorker(system);
  workers.push(first);
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  const { held } = await first.hold({ call: 'project:decided', when: 'before', practice: id });
  system.setWait(500);
  const taken = await expectStatus(202, act(operator, id, 'approve'));
  await held;
  await first.kill();
  workers.push(await spawnWorker(system));
  const wellAgain = Date.now();
  const outcome = await until(
    'the outcome',
    async () => (await operator.get(`/api/v1/commands/${taken.commandId}`)).body.outcome,
    PATIENCE_MS,
  );
  expect(outcome).toMatchObject({ result: 'done' });
  const worstRecoveryMs = Date.now() - wellAgain;
  await reach(citizen, id, 'approved');
  const title = 'an act accepted and killed before it was written is carried out once, by the next worker';
  await conclude(system, { fault: 'F4', title, seed: undefined, runs: 1, injected: 1, worstRecoveryMs });
}, 180_000);
