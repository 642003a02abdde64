import { setTimeout } from 'node:timers/promises';
import { checkInvariants } from '../../support/invariants';
import { buildSystem, type System } from '../../support/system';
import { conclude } from '../support/conclude';
import { peopleOf } from '../support/life';
import { Load, straightLife } from '../support/load';
import { type OwnEngine, ownEngine } from '../support/own-servers';
import { Product } from '../support/product';
import { times } from '../support/rounds';

/** How the connections of API and worker are told from those of the test itself. */
const NAME = 'cut-me';
const CUTS = times(4, 60);
const EVERY_MS = 5_000;
const LIFE_LIMIT_MS = 120_000;

let system: System;
let engine: OwnEngine;
let product: Product;
beforeAll(async () => {
  engine = await ownEngine('cut');
  system = await buildSystem({ temporal: engine.temporal });
  product = await Product.around(system, { DATABASE_URL: `${system.db.url}?application_name=${NAME}` });
  await Promise.all([product.start('worker'), product.start('api')]);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await product.end();
  await system.stop();
  await engine.server.stop();
});

/** Cuts every connection of API and worker to the database. @returns how many there were */
async function cutAll(): Promise<number> {
  const { rowCount } = await system.db.pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1',
    [NAME],
  );
  return rowCount ?? 0;
}

test(
  'with every connection to the database cut every five seconds all applications come to their ends and no process ends',
  async () => {
    const { far } = product;
    const people = await peopleOf(far);
    const load = new Load(() => straightLife(far, people, LIFE_LIMIT_MS), 4);
    let connections = 0;
    for (let cut = 0; cut < CUTS; cut += 1) {
      await load.during(setTimeout(EVERY_MS));
      connections += await cutAll();
    }
    const wellAgain = Date.now();
    const ids = await load.end();
    const worstRecoveryMs = Date.now() - wellAgain;
    expect(ids.length).toBeGreaterThan(0);
    expect(product.fallen).toEqual([]);
    expect(connections).toBeGreaterThan(CUTS);
    expect(far.met.withoutRetryAfter).toBe(0);
    await conclude(system, {
      fault: 'F8',
      title: 'with every connection to the database cut every five seconds all applications come to their ends',
      seed: undefined,
      runs: CUTS,
      injected: connections,
      worstRecoveryMs,
      note: `${CUTS} times all connections; ${ids.length} practices meanwhile; ${far.met.unavailable} answers 503, each with Retry-After`,
    });
  },
  CUTS * EVERY_MS + 2 * LIFE_LIMIT_MS,
);
