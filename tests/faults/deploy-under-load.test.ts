import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { conclude } from './support/conclude';
import { liveOn, PATIENCE_MS, type People, peopleOf, STAGES, type Stage, wholeLife } from './support/life';
import { Load } from './support/load';
import { begunBefore, inLanes, lastRelease, nextRelease, standsStill } from './support/releases';
import { announce, numbers, SEED, times } from './support/rounds';

const OPEN = times(20, 40);
const LIMIT_MS = 6 * PATIENCE_MS;

/** A practice under way, and where it stands. */
interface Begun {
  readonly id: string;
  readonly stage: Stage;
}

let system: System;
let people: People;
const random = numbers();
beforeAll(() => announce('releases under load'));
beforeEach(async () => {
  system = await buildSystem();
  people = await peopleOf(system);
});
afterEach(async () => {
  await checkInvariants(system);
  await system.stop();
});

function aStage(): Stage {
  return STAGES[Math.floor(random() * (STAGES.length - 1))] ?? 'registered';
}

/** Practices under way, and their lives in the order in which they will go on. */
async function begin(count: number, how: (stage: Stage) => Promise<string>, width: number): Promise<readonly Begun[]> {
  const begun = async () => {
    const stage = aStage();
    return { stage, id: await how(stage) };
  };
  return inLanes(
    width,
    Array.from({ length: count }, () => begun),
  );
}

function goOn(begun: readonly Begun[]): Promise<readonly string[]> {
  return inLanes(
    3,
    begun.map(
      ({ id, stage }) =>
        () =>
          liveOn(system, people, id, stage),
    ),
  );
}

test(
  'a release whose histories fit the one before is rolled out, back and out again under load, and no act is lost',
  async () => {
    const here = await system.joinWorker();
    system.startSender();
    const begun = await begin(OPEN, (stage) => wholeLife(system, people, undefined, stage), 3);
    const quarter = (n: number) => begun.slice((OPEN / 4) * n, (OPEN / 4) * (n + 1));
    const load = new Load(() => wholeLife(system, people), 1);
    const release = await nextRelease();

    const next = await system.joinWorker(release);
    await load.during(goOn(quarter(0)));
    await here.stop();
    await load.during(goOn(quarter(1)));
    const back = await system.joinWorker();
    await next.stop();
    await load.during(goOn(quarter(2)));
    const again = await system.joinWorker(release);
    await back.stop();
    await load.during(goOn(quarter(3)));
    const lived = await load.end();

    expect(lived.length).toBeGreaterThan(0);
    await conclude(system, {
      fault: 'F22',
      title:
        'a release whose histories fit the one before is rolled out, back and out again under load, and no act is lost',
      seed: SEED,
      runs: 1,
      injected: 6,
      worstRecoveryMs: undefined,
    });
    await again.stop();
  },
  LIMIT_MS,
);

test(
  'practices of the last release go on under it and under this code in turn; those begun since then wait for this code',
  async () => {
    const older = await system.joinWorker(lastRelease());
    // One at a time, because the sender rests while one begins.
    const before = await begin(OPEN / 2, (stage) => begunBefore(system, people, stage), 1);
    const half = before.slice(0, OPEN / 4);
    system.startSender();

    const newer = await system.joinWorker();
    await goOn(half.slice(0, 2));
    await older.stop();
    await goOn(half.slice(2));
    const since = await begin(4, (stage) => wholeLife(system, people, undefined, stage), 2);
    await newer.stop();
    const rolledBack = await system.joinWorker(lastRelease());
    system.setWait(100);
    const waiting = goOn(since);
    waiting.catch(() => undefined);
    await goOn(before.slice(OPEN / 4));
    await Promise.all(since.slice(0, 3).map(({ id }) => standsStill(system, id)));
    await rolledBack.stop();
    const forward = await system.joinWorker();
    await waiting;

    await conclude(system, {
      fault: 'F22',
      title:
        'practices of the last release go on under it and under this code in turn; those begun since then wait for this code',
      seed: SEED,
      runs: 1,
      injected: 4,
      worstRecoveryMs: undefined,
    });
    await forward.stop();
  },
  LIMIT_MS,
);

test(
  'a practice begun by this release and first carried on by the last one goes on as it began, under each of them in turn',
  async () => {
    const older = await system.joinWorker(lastRelease());
    system.startSender();
    const id = await wholeLife(system, people, undefined, 'registered');
    await older.stop();
    const newer = await system.joinWorker();
    await liveOn(system, people, id, 'registered', 'inCharge');
    await newer.stop();
    const again = await system.joinWorker(lastRelease());
    await liveOn(system, people, id, 'inCharge', 'awaitingIntegration');
    await again.stop();
    const last = await system.joinWorker();
    await liveOn(system, people, id, 'awaitingIntegration');
    await last.stop();
  },
  LIMIT_MS,
);
