import { join } from 'node:path';
import { type Bench, MIGRATED } from '../bench';
import { measureLists } from '../lists/measure';
import { LIST_QUESTIONS } from '../lists/questions';
import { seedPractices } from '../lists/seed';
import { Product } from '../stack/product';

const CLIENTS = 16;

/** Lists and searches of the back-office over very many practices, asked of an API of their own on a database of their own. */
export async function lists({ engine, product, dir, options, sizes, figures, say }: Bench): Promise<void> {
  await product.stop();
  const databaseUrl = await engine.createDatabase('iter_bench_lists', MIGRATED);
  const begin = performance.now();
  const seeded = await seedPractices(databaseUrl, sizes.lists.practices, options.seed);
  say(`${seeded.practices} practices were made in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  const place = { dir: join(dir, 'lists'), databaseUrl, temporal: engine.temporal, profileDir: options.profile };
  const onLists = await Product.prepare(place);
  try {
    await onLists.start(['api']);
    const { seconds } = sizes.lists;
    const measured = await measureLists({
      apiUrl: onLists.apiUrl,
      seeded,
      clients: CLIENTS,
      seconds,
      seed: options.seed,
    });
    figures.set('lists.practices', seeded.practices);
    figures.set('lists.rate', measured.perSecond);
    const all = Object.entries(measured.questions);
    figures.set(
      'lists.errors',
      all.reduce((sum, [, { errors }]) => sum + errors, 0),
    );
    for (const { key } of LIST_QUESTIONS) {
      const { p50, p95, firstError } = measured.questions[key] ?? {};
      figures.set(`lists.${key}.p50`, p50);
      figures.set(`lists.${key}.p95`, p95);
      if (firstError !== undefined) say(`${key}: ${firstError}`);
    }
    say(`${measured.perSecond.toFixed(0)} lists per second, ${CLIENTS} clients`);
  } finally {
    await onLists.stop();
  }
}
