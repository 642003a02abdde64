import { bundleSource } from '../../scripts/workflow-bundle';
import { explainPractice } from '../../src/application/administration/explain';
import { administrationOf, found } from '../administration/support';
import { type Mutation, mutationsByRule } from '../replay/mutations';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { type Bundle, type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { liveOn, PATIENCE_MS, type People, peopleOf, rowOf, STAGES, type Stage, wholeLife } from './support/life';
import { announce, numbers, SEED, shuffled, times } from './support/rounds';

/** Changes that no open practice survives, whatever it has lived. */
const FATAL = /^(entity\.ts:\d+ project (twice|after a timer)|proxies\.ts:\d+ project renamed)$/;

const ROUNDS = times(1, 3);
const OPEN: readonly Stage[] = STAGES.slice(0, -1);

let bundle: Bundle | undefined;
let system: System;
let people: People;
beforeAll(async () => {
  announce('a release whose workflow code cannot replay what runs');
  system = await startSystem({ bundle: () => bundle });
  people = await peopleOf(system);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

async function deploy(release: Bundle | undefined): Promise<void> {
  await system.stopWorker();
  bundle = release;
  await system.startWorker();
}

const built = ({ file, text }: Mutation) => bundleSource((path, source) => (path === file ? text : source));

/** Resolves when a practice's task has failed for the reason that its history does not fit the code. */
async function standsStill(id: string): Promise<void> {
  await until(`the code of ${id} to fail`, async () => {
    const { events } = await historyOf(system, id);
    const failures = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) => failed ?? []);
    return failures.some(({ failure }) => failure?.message?.includes('Nondeterminism'));
  });
}

test(
  'practices that a release cannot replay stand still and say so, and go on untouched when the right code is back',
  async () => {
    const wrong = shuffled(
      mutationsByRule().filter(({ name }) => FATAL.test(name)),
      numbers(),
    );
    let worstRecoveryMs = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = await Promise.all(
        OPEN.map(async (stage) => ({ stage, id: await wholeLife(system, people, undefined, stage) })),
      );
      const [mutation] = wrong.splice(0, 1);
      if (!mutation) throw new Error('there are fewer changes than rounds');
      await deploy(await built(mutation));
      const before = await Promise.all(begun.map(({ id }) => rowOf(system, id)));
      // People do not know: they go on, and get a dated receipt instead of an answer.
      system.setWait(100);
      const lives = Promise.all(begun.map(({ id, stage }) => liveOn(system, people, id, stage)));
      lives.catch(() => undefined);
      await Promise.all(begun.map(({ id }) => standsStill(id)));
      expect(await Promise.all(begun.map(({ id }) => rowOf(system, id)))).toEqual(before);
      const told = await until(
        'every practice to say so',
        async () => {
          const all = await Promise.all(
            begun.map(async ({ id }) => explainPractice(administrationOf(system), await found(system, id))),
          );
          return all.every(({ trouble }) => trouble.some((text) => text.includes('its workflow code fails'))) && all;
        },
        PATIENCE_MS,
      );
      expect(told.map(({ practice, engine }) => [practice.ended, engine.kind])).toEqual(
        begun.map(() => [false, 'found']),
      );
      const back = Date.now();
      await deploy(undefined);
      await lives;
      worstRecoveryMs = Math.max(worstRecoveryMs, Date.now() - back);
      system.setWait(20_000);
    }
    await conclude(system, {
      fault: 'F21',
      title:
        'practices that a release cannot replay stand still and say so, and go on untouched when the right code is back',
      seed: SEED,
      runs: ROUNDS,
      injected: ROUNDS,
      worstRecoveryMs,
    });
  },
  ROUNDS * 2 * PATIENCE_MS + 60_000,
);
