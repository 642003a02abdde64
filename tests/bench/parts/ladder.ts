import type { Bench } from '../bench';
import { CONCURRENCIES, concurrenciesOf, RUNGS, type RungKey } from '../catalogue';
import { closedLoop, type Lives, type LoopOptions } from '../load';
import { l0 } from '../rungs/l0';
import { l1 } from '../rungs/l1';
import { l2 } from '../rungs/l2';
import { l3 } from '../rungs/l3';
import { l4 } from '../rungs/l4';
import { onLibrary } from '../rungs/libraries';
import type { Ground, Rung } from '../rungs/rung';
import type { LoopSizes, Sizes } from '../sizes';
import { percentile, ratio, spreadOf } from '../stats';
import { warmUp } from './warm-up';

const BUILDERS: Readonly<Record<RungKey, (ground: Ground) => Promise<Rung>>> = {
  L0: l0,
  L1: l1,
  L2: l2,
  L3: l3,
  L4noDocuments: l4({ withoutDocuments: true }),
  L4: l4(),
  Q1: onLibrary('pgBoss'),
  Q2: onLibrary('dbos'),
  Q1projections: onLibrary('pgBoss', 'projections'),
  Q2projections: onLibrary('dbos', 'projections'),
};

/** The same load on each rung, from a bare insert to the product: what the engine costs, and what we add. */
export async function ladder(bench: Bench): Promise<void> {
  await bench.product.stop();
  const ground: Ground = { ...bench, temporal: bench.engine.temporal, createDatabase: bench.engine.createDatabase };
  for (const { key } of RUNGS) {
    const rung = await BUILDERS[key](ground);
    try {
      await warmUp(bench.sizes.warmUpLives, () => rung.live());
      for (const concurrency of concurrenciesOf(key)) {
        const options = { concurrency, ...sizesFor(key, bench.sizes) };
        note(bench, key, options, await closedLoop(options, () => rung.live()));
      }
    } finally {
      await rung.stop();
    }
  }
  compare(bench);
}

function sizesFor(key: RungKey, { quick, engine, lives }: Sizes): LoopSizes {
  if (key === 'L0') return quick;
  return key === 'L1' || key.startsWith('Q') ? engine : lives;
}

function note({ figures, say }: Bench, key: RungKey, { concurrency }: LoopOptions, { rates, lives }: Lives): void {
  const [whole, submits] = [
    lives.map(({ begunAt, endedAt }) => endedAt - begunAt),
    lives.map(({ submitMs }) => submitMs),
  ];
  const rate = spreadOf(rates);
  const name = (what: string) => `ladder.${key}.${what}.c${concurrency}`;
  figures.set(name('rate'), rate);
  figures.set(name('life.p50'), percentile(whole, 0.5));
  figures.set(name('life.p99'), percentile(whole, 0.99));
  figures.set(name('submit.p50'), percentile(submits, 0.5));
  figures.set(name('submit.p99'), percentile(submits, 0.99));
  const [life, submit] = [percentile(whole, 0.5).toFixed(0), percentile(submits, 0.5).toFixed(0)];
  say(`${key}, ${concurrency} at once: ${rate.value.toFixed(1)}/s; life ${life} ms, submission ${submit} ms`);
}

function compare({ figures }: Bench): void {
  const [l2Best, l3Best, l4Best, bareBest] = (['L2', 'L3', 'L4', 'L4noDocuments'] as const).map((key) =>
    best(figures, key),
  );
  figures.set('ladder.L2.best', l2Best?.concurrency);
  figures.set('ladder.L4.best', l4Best?.concurrency);
  figures.set('ladder.ratio.L4toL2', ratio(l4Best?.rate ?? 0, l2Best?.rate ?? 0));
  figures.set('ladder.ratio.L4noDocumentstoL2', ratio(bareBest?.rate ?? 0, l2Best?.rate ?? 0));
  figures.set('ladder.ratio.L3toL2', ratio(l3Best?.rate ?? 0, l2Best?.rate ?? 0));
}

/** With how many at once a rung is fastest, and how fast. Undefined when it was not measured. */
export function best(
  figures: Bench['figures'],
  key: RungKey,
): { readonly concurrency: number; readonly rate: number } | undefined {
  const measured = CONCURRENCIES.map((concurrency) => ({
    concurrency,
    rate: figures.get(`ladder.${key}.rate.c${concurrency}`) ?? 0,
  }));
  const found = measured.reduce((a, b) => (b.rate > a.rate ? b : a));
  return found.rate > 0 ? found : undefined;
}
