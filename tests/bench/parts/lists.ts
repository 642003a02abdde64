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
    const { paced } = measured;
    figures.set('lists.rate', paced.perSecond);
    figures.set('lists.busyRate', measured.perSecond);
    const all = [measured, paced].flatMap(({ questions }) => Object.values(questions));
    figures.set(
      'lists.errors',
      all.reduce((sum, { errors }) => sum + errors, 0),
    );
    for (const { key } of LIST_QUESTIONS) {
      // What an officer waits for is told by those who read what they got; without pauses sixteen clients queue.
      const [asOfficers, busy] = [paced.questions[key], measured.questions[key]];
      figures.set(`lists.${key}.p50`, asOfficers?.p50);
      figures.set(`lists.${key}.p95`, asOfficers?.p95);
      figures.set(`lists.${key}.busyP95`, busy?.p95);
      const error = asOfficers?.firstError ?? busy?.firstError;
      if (error !== undefined) say(`${key}: ${error}`);
    }
    say(
      `${paced.perSecond.toFixed(0)} lists per second, ${CLIENTS} officers; ${measured.perSecond.toFixed(0)} without pauses`,
    );
  } finally {
    await onLists.stop();
  }
}
