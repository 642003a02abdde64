import { type Bench, closeWorld, openWorld } from '../bench';
import { VICTIMS } from '../catalogue';
import { openLoop, pause } from '../load';
import { decided, paid, submitted, type World } from '../product/life';
import { percentile, poissonArrivals, randomNumbers, recoveryMs, type Sample } from '../stats';
import { bestRate } from './open';
import { warmProduct } from './warm-up';

const MOST_UNDER_WAY = 1_000;
const WINDOW = { windowMs: 5_000, stepMs: 500 };
/** Well again: the 99th percentile is at most so many times what it was before. */
const FACTOR = 2;

/** Kills one process after the other with -9 while practices go on beginning at half of the best rate. */
export async function recovery(bench: Bench): Promise<void> {
  await warmProduct(bench);
  const perSecond = (await bestRate(bench)) / 2;
  const world = await openWorld(bench.engine, bench.product, bench.databaseUrl, true);
  try {
    await killEach(bench, world, perSecond);
  } finally {
    await closeWorld(world);
  }
}

interface Wanted extends Sample {
  /** Everything that was acknowledged had its effect, up to the decision. */
  readonly finished: boolean;
}

async function killEach(bench: Bench, world: World, perSecond: number): Promise<void> {
  const { sizes, figures, options, say } = bench;
  const { beforeSeconds, afterSeconds } = sizes.recovery;
  // The first seconds compile code.
  const warmUpSeconds = beforeSeconds / 2;
  const seconds = warmUpSeconds + beforeSeconds + VICTIMS.length * afterSeconds;
  const arrivals = poissonArrivals(perSecond, seconds * 1000, randomNumbers(options.seed));
  say(`recovery: ${perSecond.toFixed(2)}/s, ${arrivals.length} practices, seed ${options.seed}`);
  const samples: Wanted[] = [];
  const begin = performance.now();
  const load = openLoop(arrivals, MOST_UNDER_WAY, async (wantedAt) => {
    samples.push(await live(world, wantedAt));
  });
  // Its failure is told by the `await` below.
  load.catch(() => undefined);
  await pause((warmUpSeconds + beforeSeconds) * 1000);
  const kills: { readonly victim: (typeof VICTIMS)[number]; readonly at: number }[] = [];
  for (const victim of VICTIMS) {
    const at = performance.now();
    kills.push({ victim, at });
    await (victim === 'temporal' ? bench.engine.killTemporal() : bench.product.killAndRestart(victim));
    say(`${victim} was killed and is up again after ${((performance.now() - at) / 1000).toFixed(1)} s`);
    await pause(Math.max(0, at + afterSeconds * 1000 - performance.now()));
  }
  await load;
  const firstKill = kills[0]?.at ?? begin;
  const before = between(samples, begin + warmUpSeconds * 1000, firstKill);
  const usual = percentile(
    before.map(({ ms }) => ms),
    0.99,
  );
  figures.set('recovery.before.p99', usual);
  for (const [index, { victim, at }] of kills.entries()) {
    const end = kills[index + 1]?.at ?? Number.POSITIVE_INFINITY;
    // What was begun shortly before the kill suffers from it as well.
    const mine = between(samples, at - WINDOW.windowMs, end);
    const lost = mine.filter(({ finished }) => !finished).length;
    const found = recoveryMs(between(samples, at, end), at, { ...WINDOW, limitMs: FACTOR * usual });
    figures.set(`recovery.${victim}.seconds`, found === undefined ? undefined : found / 1000);
    figures.set(`recovery.${victim}.worst`, Math.max(...mine.map(({ ms }) => ms)));
    figures.set(`recovery.${victim}.lost`, lost);
    say(`${victim}: as before ${found === undefined ? 'never' : `after ${(found / 1000).toFixed(1)} s`}`);
  }
}

function between(samples: readonly Wanted[], from: number, to: number): readonly Wanted[] {
  return samples.filter(({ at }) => at >= from && at < to);
}

/** One life; what is measured of it is the time from the intended instant to its registration. */
async function live(world: World, at: number): Promise<Wanted> {
  let ms: number | undefined;
  try {
    const { id } = await submitted(world);
    await paid(world, id);
    await world.watcher.until(id, 'to be registered', ({ status }) => status === 'registered');
    ms = performance.now() - at;
    await decided(world, id);
    return { at, ms, finished: true };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return { at, ms: ms ?? performance.now() - at, finished: false };
  }
}
