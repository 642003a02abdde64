import { setTimeout } from 'node:timers/promises';
import { checkInvariants } from '../../support/invariants';
import { buildSystem, type System } from '../../support/system';
import { until } from '../../support/until';
import { conclude } from '../support/conclude';
import { peopleOf } from '../support/life';
import { Load, straightLife } from '../support/load';
import { type OwnEngine, ownEngine } from '../support/own-servers';
import { Product, type Role } from '../support/product';
import { announce, numbers, SEED, times } from '../support/rounds';

const SHUTDOWNS = times(4, 24);
const LIFE_LIMIT_MS = 180_000;
const ENDS_WITHIN_MS = 60_000;

let system: System;
let engine: OwnEngine;
let product: Product;
beforeAll(async () => {
  engine = await ownEngine('shutdown');
  system = await buildSystem({ temporal: engine.temporal });
  product = await Product.around(system);
  await Promise.all([product.start('worker'), product.start('api')]);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await product.end();
  await system.stop();
  await engine.server.stop();
});

test(
  'worker and API that are told to stop under load end within a minute with code 0, and nothing is lost',
  async () => {
    announce('orderly shutdown');
    const random = numbers();
    const { far } = product;
    const people = await peopleOf(far);
    const load = new Load(() => straightLife(far, people, LIFE_LIMIT_MS), 6);
    await load.during(until('the load to run', () => load.ids.length >= 2, 120_000));
    let slowestMs = 0;
    for (let shutdown = 0; shutdown < SHUTDOWNS; shutdown += 1) {
      const role: Role = shutdown % 4 === 3 ? 'api' : 'worker';
      // Anywhere in what the lives are doing.
      await load.during(setTimeout(200 + random() * 2_000));
      const told = Date.now();
      const ended = await product.terminate(role);
      slowestMs = Math.max(slowestMs, Date.now() - told);
      expect([role, ended]).toEqual([role, { code: 0, signal: null }]);
      await product.start(role);
    }
    const wellAgain = Date.now();
    const ids = await load.end();
    const worstRecoveryMs = Date.now() - wellAgain;
    expect(slowestMs).toBeLessThan(ENDS_WITHIN_MS);
    expect(product.fallen).toEqual([]);
    await conclude(system, {
      fault: 'F30',
      title: 'worker and API that are told to stop under load end within a minute, and nothing is lost',
      seed: SEED,
      runs: SHUTDOWNS,
      injected: SHUTDOWNS,
      worstRecoveryMs,
      note: `the slowest took ${(slowestMs / 1000).toFixed(1)} s; ${ids.length} practices meanwhile`,
    });
  },
  SHUTDOWNS * 90_000 + 2 * LIFE_LIMIT_MS,
);
