import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { conclude } from './support/conclude';
import { type People, peopleOf, storyOf } from './support/life';
import { announce, IS_LONG, numbers, SEED, shuffled, times } from './support/rounds';
import { killAt, type Place, Workers, WRITTEN } from './support/sweep';

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

const KILLS = times(1, 10);
const PLACES: readonly Place[] = WRITTEN.flatMap((call) => [
  { call, when: 'before' as const },
  { call, when: 'after' as const },
]);
/** How many practices stand still when the worker is killed; the long form goes through all places again and again. */
const AT_ONCE = IS_LONG ? 12 : 8;

test(
  'whichever event a killed worker was about to write or had just written, it is written once and the next one follows',
  async () => {
    announce('worker killed at each projection');
    const random = numbers();
    let places: Place[] = [];
    let worstRecoveryMs = 0;
    const ids: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      if (places.length < AT_ONCE) places = shuffled(PLACES, random);
      const killed = await killAt(places.splice(0, AT_ONCE), system, people, workers);
      ids.push(...killed.ids);
      worstRecoveryMs = Math.max(worstRecoveryMs, killed.recoveryMs);
      await workers.kill();
    }
    await workers.start();
    const stories = await Promise.all(ids.map((id) => storyOf(system, id)));
    const written = WRITTEN.map((call) => call.replace('project:', ''));
    for (const story of stories) expect(story).toEqual(expect.arrayContaining(written));
    // All lived the same life, whatever was broken in it; only evidence of delivery may come a moment sooner or later.
    expect(new Set(stories.map((story) => [...story].sort().join(' '))).size).toBe(1);
    await conclude(system, {
      fault: 'F4',
      title: 'whichever event a killed worker was about to write or had just written, it is written once',
      seed: SEED,
      runs: KILLS,
      injected: KILLS,
      worstRecoveryMs,
      note: `each kill caught ${AT_ONCE} acts and steps of ${AT_ONCE} practices`,
    });
  },
  KILLS * 180_000,
);
