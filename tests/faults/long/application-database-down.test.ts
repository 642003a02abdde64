import { setTimeout } from 'node:timers/promises';
import { runsOf } from '../../support/history';
import { checkInvariants } from '../../support/invariants';
import { buildSystem, type System } from '../../support/system';
import { until } from '../../support/until';
import { conclude } from '../support/conclude';
import { hasCompleted, peopleOf } from '../support/life';
import { Load, many, straightLife } from '../support/load';
import { type OwnEngine, OwnPostgres, ownEngine } from '../support/own-servers';
import { Product } from '../support/product';
import { IS_LONG } from '../support/rounds';

const OUTAGE_MS = IS_LONG ? 600_000 : 20_000;
/** Calls to a register that was out of reach for minutes are tried again after minutes. */
const LIFE_LIMIT_MS = 2 * OUTAGE_MS + 120_000;
const AT_ONCE = 8;
/**
 * However long the outage: a registration that could not be asked for is shown, looked up and asked for again, six events
 * each. Everything else is tried again without an event.
 */
const MORE_EVENTS = 18;

let postgres: OwnPostgres;
let engine: OwnEngine;
let system: System;
let product: Product;
beforeAll(async () => {
  [postgres, engine] = await Promise.all([OwnPostgres.started(), ownEngine('database-down')]);
  system = await buildSystem({ temporal: engine.temporal, database: await postgres.database('iter_down') });
  product = await Product.around(system);
  await Promise.all([product.start('worker'), product.start('api')]);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await product.end();
  await system.stop();
  await engine.server.stop();
  await postgres.remove();
});

test(
  'with the database down people are told to come back, nothing is lost, and histories hardly grow',
  async () => {
    const { far } = product;
    const people = await peopleOf(far);
    const usual = Math.max(...(await many(3, async () => eventsOf(await straightLife(far, people, LIFE_LIMIT_MS)))));

    const load = new Load(() => straightLife(far, people, LIFE_LIMIT_MS), AT_ONCE);
    await load.during(until('the load to run', () => load.ids.length >= 2, 120_000));
    await postgres.stop();
    await load.during(outage());
    await postgres.start();
    const back = Date.now();
    const ids = await load.end();
    const worstRecoveryMs = Date.now() - back;

    expect(product.fallen).toEqual([]);
    expect(far.met.unavailable).toBeGreaterThan(0);
    expect(far.met.withoutRetryAfter).toBe(0);
    const events = await Promise.all(ids.map(eventsOf));
    const more = Math.max(...events) - usual;
    expect(more).toBeLessThanOrEqual(MORE_EVENTS);
    await conclude(system, {
      fault: 'F6',
      title: 'with the database down people are told to come back, nothing is lost, and histories hardly grow',
      seed: undefined,
      runs: 1,
      injected: 1,
      worstRecoveryMs,
      note: `${OUTAGE_MS / 1000} s without database; ${ids.length} practices, ${AT_ONCE} of them in the middle of their lives; ${far.met.unavailable} answers 503, each with Retry-After; at most ${Math.max(0, more)} events more than usual (${usual})`,
    });
  },
  2 * LIFE_LIMIT_MS + 300_000,
);

/** What API and health say while the database is away. */
async function outage(): Promise<void> {
  const end = setTimeout(OUTAGE_MS);
  const ready = await fetch(`${product.apiUrl}/ready`);
  expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5']);
  expect((await fetch(`${product.apiUrl}/health`)).status).toBe(200);
  await end;
}

/** Length of the history of a practice that has ended, all its runs together. */
async function eventsOf(id: string): Promise<number> {
  await until(`the workflow of ${id} to end`, () => hasCompleted(system, id), LIFE_LIMIT_MS);
  const runs = await runsOf(system, id);
  return runs.reduce((sum, { events }) => sum + (events ?? []).length, 0);
}
