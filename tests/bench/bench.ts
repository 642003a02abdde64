import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { DEMO_TENANT } from '../../src/application/demo-data';
import { seedDemo } from '../../src/application/seed';
import { asId, type PracticeId, type TenantCode, workflowIdOf } from '../../src/domain/ids';
import { systemClock } from '../../src/platform/clock';
import { openDatabase } from '../../src/platform/database';
import { applyMigrations } from '../../src/platform/migrate';
import { lazyTemporalClient } from '../../src/platform/temporal/client';
import type { Figures } from './figures';
import { pause } from './load';
import type { Options } from './options';
import { Http } from './product/http';
import { straightforwardLife, type World } from './product/life';
import { makePeople } from './product/people';
import { Watcher } from './product/watcher';
import { projectionOf, type Recorded, recordedProjections } from './rungs/projections';
import { type Score, scoreOf } from './rungs/score';
import type { Sizes } from './sizes';
import { type Engine, startEngine } from './stack/engine';
import { Product } from './stack/product';

const DATABASE = 'iter_bench';
const COPY = 'iter_bench_copy';
/** Migrated and empty: databases of single parts are copies of it. */
export const MIGRATED = 'iter_bench_migrated';
/** Lives before the one that is recorded: code is compiled, connections are open, queries are planned. */
const LIVES_BEFORE = 5;
const END_LIMIT_MS = 30_000;

/** Everything that parts of the benchmark share. The product is stopped; a part starts what it needs. */
export interface Bench {
  readonly options: Options;
  readonly sizes: Sizes;
  readonly figures: Figures;
  readonly say: (line: string) => void;
  readonly dir: string;
  readonly engine: Engine;
  readonly database: string;
  readonly databaseUrl: string;
  /** A copy of the database, made when one practice had lived. */
  readonly copyUrl: string;
  readonly product: Product;
  readonly world: World;
  readonly client: Client;
  readonly score: Score;
  readonly recorded: Recorded;
  readonly ending: number;
}

export interface Given extends Pick<Bench, 'options' | 'sizes' | 'figures' | 'say' | 'dir'> {
  /** Notes what has to be ended, whatever happens; the last first. */
  readonly later: (end: () => Promise<unknown>) => void;
}

/** Starts the engine, lets the product live a practice and records it. */
export async function prepareBench(given: Given): Promise<Bench> {
  const { dir, say, later } = given;
  mkdirSync(dir, { recursive: true });
  const engine = await startEngine(dir, say, later);
  await applyMigrations(await engine.createDatabase(MIGRATED));
  const databaseUrl = await engine.createDatabase(DATABASE, MIGRATED);
  const db = openDatabase(databaseUrl, 2);
  await seedDemo(db, systemClock);
  await db.close();
  const product = await Product.prepare({
    dir: join(dir, 'product'),
    databaseUrl,
    temporal: engine.temporal,
    profileDir: given.options.profile,
  });
  later(() => product.stop());
  const client = lazyTemporalClient(engine.temporal);
  later(() => client.connection.close());
  const lived = await liveOnce(engine, product, databaseUrl, client);
  say(`a practice has lived: ${JSON.stringify(lived.score.counts)}`);
  // A database is copied while nobody is connected to it.
  const copyUrl = await engine.createDatabase(COPY, DATABASE);
  const world = await openWorld(engine, product, databaseUrl);
  later(() => closeWorld(world));
  return { ...given, engine, database: DATABASE, databaseUrl, copyUrl, product, world, client, ...lived };
}

async function liveOnce(engine: Engine, product: Product, databaseUrl: string, client: Client) {
  await product.start();
  const world = await openWorld(engine, product, databaseUrl);
  try {
    let id = '';
    for (let lives = 0; lives <= LIVES_BEFORE; lives += 1) id = (await straightforwardLife(world)).id;
    const score = scoreOf(await finishedHistory(client, id));
    const recorded = recordedProjections(id, score);
    return { score, recorded, ending: projectionOf(recorded, 'outcomeRegistered') };
  } finally {
    await closeWorld(world);
    await product.stop();
  }
}

/** Opens the world of a product that runs on this database, with people of its own. */
export async function openWorld(
  engine: Engine,
  product: Product,
  databaseUrl: string,
  insists = false,
): Promise<World> {
  const people = await makePeople(databaseUrl);
  const watcher = await Watcher.connect(engine.watcherUrl(databaseUrl));
  return { api: new Http(product.apiUrl, insists), gateway: new Http(product.sandboxUrl, insists), people, watcher };
}

export async function closeWorld({ api, gateway, watcher }: World): Promise<void> {
  api.close();
  gateway.close();
  await watcher.close();
}

/** The history of a practice once its workflow has ended. Rejects when that takes too long. */
export async function finishedHistory(client: Client, id: string): Promise<temporal.api.history.v1.IHistory> {
  const handle = client.workflow.getHandle(workflowIdOf(asId<TenantCode>(DEMO_TENANT.code), asId<PracticeId>(id)));
  const until = performance.now() + END_LIMIT_MS;
  while ((await handle.describe()).status.name !== 'COMPLETED') {
    if (performance.now() > until) throw new Error(`the workflow of ${id} does not end`);
    await pause(100);
  }
  return handle.fetchHistory();
}
