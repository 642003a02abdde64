import { concurrently } from '../../src/application/administration/concurrently';
import { checkInvariants } from '../support/invariants';
import { startSystem } from '../support/system';
import { conclude } from './support/conclude';
import { peopleOf, type Stage, storyOf, wholeLife } from './support/life';
import { announce, SEED, times } from './support/rounds';

const PRACTICES = times(60, 500);
const AT_ONCE = 12;
/** How far each of six goes: one to the end, the others to a rest in the middle. */
const STAGES: readonly Stage[] = [
  'ended',
  'awaitingPayment',
  'registered',
  'inCharge',
  'registered',
  'awaitingPayment',
];

interface Lived {
  readonly stage: Stage;
  readonly story: string;
}

/** Lives practices beside each other and tells what happened to each. */
async function live(maxCachedWorkflows: number | undefined, practices: number): Promise<readonly Lived[]> {
  const system = await startSystem({ waitMs: 60_000, ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }) });
  try {
    const people = await peopleOf(system);
    const lived: Lived[] = [];
    await concurrently(
      Array.from({ length: practices }, (_, index) => STAGES[index % STAGES.length] ?? 'registered'),
      AT_ONCE,
      async (stage) => {
        const id = await wholeLife(system, people, undefined, stage);
        // Evidence of delivery comes when the mail server has taken the mail, before or after what a person does.
        lived.push({ stage, story: (await storyOf(system, id)).filter((type) => type !== 'delivered').join(' ') });
      },
    );
    if (maxCachedWorkflows !== undefined) {
      await conclude(system, {
        fault: 'F23',
        title: 'with a cache of two workflows many practices at once live the same lives as with a large one',
        seed: SEED,
        runs: 1,
        injected: 1,
        worstRecoveryMs: undefined,
        note: `${practices} practices, ${AT_ONCE} at once, each evicted at nearly every step`,
      });
    }
    await checkInvariants(system);
    return lived;
  } finally {
    await system.stop();
  }
}

test(
  'with a cache of two workflows many practices at once live the same lives as with a large one',
  async () => {
    announce('cache of two');
    const large = await live(undefined, 2 * STAGES.length);
    const usual = new Map(large.map(({ stage, story }) => [stage, story]));
    expect(new Set(large.map(({ story }) => story)).size).toBe(usual.size);
    const small = await live(2, PRACTICES);
    expect(small).toHaveLength(PRACTICES);
    for (const { stage, story } of small) expect(story).toBe(usual.get(stage));
  },
  120_000 + PRACTICES * 5_000,
);
