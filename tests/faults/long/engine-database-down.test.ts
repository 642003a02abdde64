import { setTimeout } from 'node:timers/promises';
import { checkInvariants } from '../../support/invariants';
import { checkNothingPersonal } from '../../support/nothing-personal';
import { freePort } from '../../support/processes';
import { buildSystem, type System } from '../../support/system';
import { until } from '../../support/until';
import { conclude } from '../support/conclude';
import { peopleOf } from '../support/life';
import { Load, straightLife } from '../support/load';
import { type OwnEngine, OwnPostgres, ownCluster } from '../support/own-servers';
import { Product } from '../support/product';
import { IS_LONG, times } from '../support/rounds';

const NAMESPACE = 'fault';
const OUTAGES = times(1, 3);
const OUTAGE_MS = IS_LONG ? 60_000 : 15_000;
const LIFE_LIMIT_MS = 300_000;
const AT_ONCE = 4;

let postgres: OwnPostgres;
let engine: OwnEngine;
let system: System;
let product: Product;
beforeAll(async () => {
  postgres = await OwnPostgres.started();
  engine = await ownCluster(NAMESPACE, postgres.url, await freePort());
  system = await buildSystem({ temporal: engine.temporal });
  product = await Product.around(system);
  await Promise.all([product.start('worker'), product.start('api')]);
}, 180_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await product.end();
  await system.stop();
  await engine.server.stop();
  await postgres.remove();
});

test(
  'with the database of Temporal down everything is taken, and all of it is carried out when it is back, with no repair',
  async () => {
    const { far } = product;
    const people = await peopleOf(far);
    let engineEnded = false;
    void engine.server.exited.then(() => {
      engineEnded = true;
    });
    let worstRecoveryMs = 0;
    let lives = 0;
    let last = '';
    for (let outage = 0; outage < OUTAGES; outage += 1) {
      const load = new Load(() => straightLife(far, people, LIFE_LIMIT_MS), AT_ONCE);
      await load.during(until('the load to run', () => load.ids.length >= 1, 120_000));
      await (outage % 2 === 0 ? postgres.crash() : postgres.stop());
      await load.during(setTimeout(OUTAGE_MS));
      await postgres.start();
      const back = Date.now();
      const ids = await load.end();
      worstRecoveryMs = Math.max(worstRecoveryMs, Date.now() - back);
      lives += ids.length;
      last = ids.at(-1) ?? '';
    }
    // It waits for its database by itself.
    expect(engineEnded).toBe(false);
    expect(product.fallen).toEqual([]);
    await checkNothingPersonal({ postgresUrls: [databaseUrl(''), databaseUrl('_visibility')] }, last);
    await conclude(system, {
      fault: 'F7',
      title: 'with the database of Temporal down everything is taken, and carried out when it is back, with no repair',
      seed: undefined,
      runs: OUTAGES,
      injected: OUTAGES,
      worstRecoveryMs,
      note: `production server on PostgreSQL; ${OUTAGE_MS / 1000} s each, stopped by kill -9 or orderly in turn; ${lives} practices, nothing personal in its database`,
    });
  },
  OUTAGES * (OUTAGE_MS + LIFE_LIMIT_MS) + 120_000,
);

/** One of the two databases of Temporal, as a superuser sees it. */
function databaseUrl(suffix: string): string {
  const url = new URL(postgres.url);
  url.pathname = `/temporal_${NAMESPACE}${suffix}`;
  return url.toString();
}
