import type { Bench } from '../bench';
import { closedLoop, openLoop } from '../load';
import { ROUTES, straightforwardLife } from '../product/life';
import type { Watcher } from '../product/watcher';
import { percentile, poissonArrivals, randomNumbers } from '../stats';
import { best } from './ladder';
import { warmProduct } from './warm-up';

const LOADS = { half: 0.5, threeQuarters: 0.75 } as const;
const MOST_UNDER_WAY = 1_000;
/** Practices per second that are taken for the best rate when a window was too short to see one end. */
const LEAST = 0.5;

/** Practices that begin when they like, at a part of the best rate: what people wait for. */
export async function open(bench: Bench): Promise<void> {
  await warmProduct(bench);
  const whole = await bestRate(bench);
  for (const [key, part] of Object.entries(LOADS)) await atRate(bench, key, whole * part);
}

/** The best rate of the product in closed loop: of the ladder, or measured quickly when the ladder was left out. */
export async function bestRate({ figures, sizes, world, say }: Bench): Promise<number> {
  const known = best(figures, 'L4');
  if (known) return Math.max(LEAST, known.rate);
  const { rates } = await closedLoop({ concurrency: 8, ...sizes.lives, windows: 1 }, () => straightforwardLife(world));
  const rate = Math.max(LEAST, rates[0] ?? 0);
  say(`the ladder was left out: the best rate is taken to be ${rate.toFixed(2)}/s`);
  return rate;
}

async function atRate(bench: Bench, key: string, perSecond: number): Promise<void> {
  const { world, figures, sizes, options, say } = bench;
  const { seconds, warmUpSeconds } = sizes.open;
  const arrivals = poissonArrivals(perSecond, (warmUpSeconds + seconds) * 1000, randomNumbers(options.seed));
  say(`open loop, ${key}: ${perSecond.toFixed(2)}/s, ${arrivals.length} practices, seed ${options.seed}`);
  const begin = performance.now();
  const ids: string[] = [];
  const lives: number[] = [];
  let warm = false;
  await openLoop(arrivals, MOST_UNDER_WAY, async (wantedAt) => {
    const measured = wantedAt - begin >= warmUpSeconds * 1000;
    if (measured && !warm) {
      warm = true;
      world.api.times = new Map();
    }
    const { id, endedAt } = await straightforwardLife(world);
    if (!measured) return;
    ids.push(id);
    lives.push(endedAt - wantedAt);
  });
  const name = (what: string) => `open.${key}.${what}`;
  figures.set(name('rate'), perSecond);
  figures.set(name('life.p50'), percentile(lives, 0.5));
  figures.set(name('life.p99'), percentile(lives, 0.99));
  for (const [what, type] of [
    ['registered', 'submit'],
    ['paidToRegistered', 'paymentReceipt'],
  ] as const) {
    const waits = await registeredAfter(world.watcher, ids, type);
    figures.set(name(`${what}.p50`), percentile(waits, 0.5));
    figures.set(name(`${what}.p99`), percentile(waits, 0.99));
  }
  for (const route of ROUTES) {
    const times = world.api.times.get(route) ?? [];
    figures.set(name(`api.${route}.p95`), percentile(times, 0.95));
    figures.set(name(`api.${route}.p99`), percentile(times, 0.99));
  }
}

/** Milliseconds from the instant of a row of the inbox to the commit of the registration, by the database's clock. */
async function registeredAfter(watcher: Watcher, ids: readonly string[], type: string): Promise<number[]> {
  const rows = await watcher.query<{ ms: string }>(
    `SELECT extract(epoch FROM pg_xact_commit_timestamp(e.xmin) - i.received_at) * 1000 AS ms
     FROM practice_event e JOIN inbox i ON i.practice_id = e.practice_id AND i.type = $2
     WHERE e.practice_id = ANY ($1::uuid[]) AND e.type = 'requestRegistered'`,
    [ids, type],
  );
  if (rows.length !== ids.length) throw new Error(`${rows.length} of ${ids.length} practices were registered`);
  return rows.map(({ ms }) => Number(ms));
}
