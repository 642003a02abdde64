import { openDatabase } from '../../../src/platform/database';
import type { Bench } from '../bench';
import { closedLoop } from '../load';
import { copyPractice, startCopies } from '../product/copies';
import { paid, straightforwardLife, submitted, takenInCharge } from '../product/life';
import { Meter } from '../stack/meter';
import { residentMegabytes } from '../stack/proc';
import { settled } from '../stack/settled';
import { slope } from '../stats';
import { warmProduct } from './warm-up';

const AT_ONCE = 8;

/** What open practices cost by being open: memory of worker and server, and what a new practice costs beside them. */
export async function memory(bench: Bench): Promise<void> {
  const { figures, sizes, say, product, engine } = bench;
  const { cached, open, limitSeconds } = sizes.memory;
  await product.start();
  const inCharge = await practiceInCharge(bench);
  const opening = new Opening(bench, inCharge, limitSeconds * 1000);
  await opening.until(cached[0] ?? 0);
  await lived(bench, 'few', opening.opened);
  // So that memory grows with what is open: as the worker is configured, it forgets what has rested longest.
  await restartWorker(bench, Math.max(...cached) + 500);
  const points = { worker: [] as [number, number][], temporal: [] as [number, number][] };
  const from = opening.opened;
  for (const count of cached) {
    await opening.until(from + count);
    points.worker.push([count / 1000, residentMegabytes(product.pid('worker'))]);
    points.temporal.push([count / 1000, residentMegabytes(engine.temporalPid())]);
    say(`${count} open practices in a worker of ${points.worker.at(-1)?.[1].toFixed(0)} MB`);
  }
  figures.set('memory.slope', slope(points.worker));
  figures.set('memory.temporalSlope', slope(points.temporal));
  await restartWorker(bench);
  await opening.until(open);
  figures.set('memory.open', opening.opened);
  figures.set('memory.openRate', opening.rate);
  figures.set('memory.worker', residentMegabytes(product.pid('worker')));
  figures.set('memory.temporal', residentMegabytes(engine.temporalPid()));
  say(`${opening.opened} open practices: worker ${residentMegabytes(product.pid('worker')).toFixed(0)} MB`);
  await lived(bench, 'many', opening.opened);
}

/** Opens copies of one practice, more and more, within one limit of time for all. */
class Opening {
  opened = 0;
  private spentMs = 0;

  constructor(
    private readonly bench: Bench,
    private readonly practice: string,
    private readonly limitMs: number,
  ) {}

  /** Opened per second so far. */
  get rate(): number {
    return (this.opened * 1000) / this.spentMs;
  }

  /** Opens until so many are open, or until time is up; then waits until nobody works on them any more. */
  async until(count: number): Promise<void> {
    const { bench, practice } = this;
    const begin = performance.now();
    const ids = await copyPractice(bench.databaseUrl, practice, Math.max(0, count - this.opened));
    const db = openDatabase(bench.databaseUrl, 20);
    const { client, product, engine } = bench;
    this.opened += await startCopies(db, client, product.apiUrl, ids, this.limitMs - this.spentMs);
    await db.close();
    await settled(() => engine.cpuSeconds() + product.cpuSeconds());
    this.spentMs += performance.now() - begin;
  }
}

/** A practice as most that are open: in charge of an officer, with its deadlines running. */
async function practiceInCharge({ world }: Bench): Promise<string> {
  const { id } = await submitted(world);
  await paid(world, id);
  await world.watcher.until(id, 'to be registered', ({ status }) => status === 'registered');
  await takenInCharge(world, world.people.officer(), id);
  return id;
}

async function lived(bench: Bench, key: 'few' | 'many', opened: number): Promise<void> {
  const { engine, product, database, world, figures, sizes, say } = bench;
  await warmProduct(bench);
  const meter = new Meter(engine, product, database);
  const options = { concurrency: AT_ONCE, ...sizes.memory.loop, meter };
  const { rates, lives } = await closedLoop(options, () => straightforwardLife(world));
  figures.set(`memory.${key}.open`, opened);
  figures.set(`memory.${key}.rate`, rates[0]);
  figures.set(`memory.${key}.cpu`, (meter.use().cpuOfSystem * 1000) / lives.length);
  say(`with ${opened} open: ${rates[0]?.toFixed(2)} whole lives per second`);
}

async function restartWorker({ product }: Bench, cachedPractices?: number): Promise<void> {
  await product.stop(['worker']);
  await product.start(['worker'], cachedPractices === undefined ? {} : { cachedPractices });
}
