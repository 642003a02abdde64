import type { Bench } from '../bench';
import { inParallel } from '../load';
import { act, type World } from '../product/life';
import { registeredReport } from '../product/nuisance';
import { percentile } from '../stats';

/** An act on a practice whose workflow the worker has to read from its history first, one at a time. */
export async function cold(bench: Bench): Promise<void> {
  const { product, world, figures, sizes, say } = bench;
  await product.start();
  const made: string[] = [];
  await inParallel(Array.from({ length: 2 * sizes.cold.practices }), 8, async () => {
    made.push(await registeredReport(world));
  });
  const warm = await takeEach(world, made.slice(sizes.cold.practices));
  // A restarted worker remembers no practice; it is stopped and started as for a release.
  await product.stop(['worker']);
  await product.start(['worker']);
  // The first act also compiles code and opens connections, which is not what is measured.
  await takeEach(world, [await registeredReport(world)]);
  const times = await takeEach(world, made.slice(0, sizes.cold.practices));
  figures.set('cold.p50', percentile(times, 0.5));
  figures.set('cold.p99', percentile(times, 0.99));
  figures.set('cold.warm.p50', percentile(warm, 0.5));
  say(
    `act on a forgotten practice: ${percentile(times, 0.5).toFixed(0)} ms, warm ${percentile(warm, 0.5).toFixed(0)} ms`,
  );
}

/** Takes them in charge one after the other. Answers how long each took, from the request to the visible effect. */
async function takeEach(world: World, ids: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const id of ids) {
    const officer = world.people.deskOfficer();
    const path = `/api/v1/practices/${id}`;
    const { body } = await world.api.expect('read', [200], { method: 'GET', path, token: officer.token });
    const begin = performance.now();
    const { status } = await act(world, officer, 'takeCharge', id, 'take-charge', { actVersion: body.actVersion });
    // 202: safe, and visible a little later.
    if (status === 202) await world.watcher.until(id, 'to be in charge', (seen) => seen.status === 'inCharge');
    times.push(performance.now() - begin);
  }
  return times;
}
