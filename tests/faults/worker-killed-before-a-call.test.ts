import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { conclude } from './support/conclude';
import { type People, peopleOf } from './support/life';
import { times } from './support/rounds';
import { killAt, OUTSIDE, Workers } from './support/sweep';

let system: System;
let people: People;
let workers: Workers;
beforeAll(async () => {
  system = await buildSystem({ waitMs: 60_000 });
  people = await peopleOf(system);
  workers = new Workers(system);
});
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await workers.kill();
  await system.stop();
});

const KILLS = times(1, 5);

test(
  'a worker killed just before a call to register, gateway, document store or mail server leaves it to the next one',
  async () => {
    let worstRecoveryMs = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const places = OUTSIDE.map((call) => ({ call, when: 'before' as const }));
      const { recoveryMs } = await killAt(places, system, people, workers);
      worstRecoveryMs = Math.max(worstRecoveryMs, recoveryMs);
      await workers.kill();
    }
    await workers.start();
    // Request, integration request and answer, decision: one number each.
    const entries = await system.db.prisma.registerEntry.count();
    expect(entries).toBe(4 * OUTSIDE.length * KILLS);
    await conclude(system, {
      fault: 'F1',
      title: 'a worker killed just before a call to register, gateway, document store or mail server',
      seed: undefined,
      runs: KILLS,
      injected: KILLS,
      worstRecoveryMs,
      note: `each kill caught ${OUTSIDE.length} calls of ${OUTSIDE.length} practices`,
    });
  },
  KILLS * 180_000,
);
