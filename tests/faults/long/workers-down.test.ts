import { act, awaitingPayment, completeDraft, expectStatus, pay, registeredPractice } from '../../support/builders';
import { checkInvariants } from '../../support/invariants';
import { buildSystem, type System } from '../../support/system';
import { until } from '../../support/until';
import { conclude } from '../support/conclude';
import { type People, peopleOf, rowOf } from '../support/life';
import { many } from '../support/load';
import { type OwnEngine, ownEngine } from '../support/own-servers';
import { Product } from '../support/product';
import { times } from '../support/rounds';

const OUTAGES = times(1, 4);
/** What arrives while nobody works: applications, receipts and acts of officers. */
const APPLICATIONS = times(20, 100);
const RECEIPTS = times(3, 10);
const ACTS = times(3, 10);
const DRAINED_WITHIN_MS = 60_000;

let system: System;
let engine: OwnEngine;
let product: Product;
let people: People;
beforeAll(async () => {
  engine = await ownEngine('workers-down');
  system = await buildSystem({ temporal: engine.temporal });
  product = await Product.around(system);
  await Promise.all([product.start('worker'), product.start('api')]);
  people = await peopleOf(product.far);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await product.end();
  await system.stop();
  await engine.server.stop();
});

test(
  'with no worker there everything is taken with a dated receipt, and all of it is carried out within a minute of their return',
  async () => {
    let worstRecoveryMs = 0;
    for (let outage = 0; outage < OUTAGES; outage += 1) {
      const { far } = product;
      const paying = await many(RECEIPTS, () => awaitingPayment(people.citizen));
      const waiting = await many(ACTS, () => registeredPractice(far, people.citizen));
      // One time as a supervisor stops it, the next as the kernel does.
      await (outage % 2 === 0 ? product.kill('worker') : product.terminate('worker'));

      const taken = [
        ...(await many(APPLICATIONS, async () => {
          const id = await completeDraft(people.citizen);
          return expectStatus(202, people.citizen.post(`/api/v1/practices/${id}/submit`));
        })),
        ...(await Promise.all(waiting.map((id) => expectStatus(202, act(people.operator, id, 'take-charge'))))),
      ];
      for (const receipt of taken) {
        expect(receipt).toMatchObject({
          status: 'pending',
          receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        });
      }
      await Promise.all(paying.map((id) => pay(far, id)));

      await product.start('worker');
      const back = Date.now();
      await until('everything to be carried out', async () => (await withoutOutcome()) === 0, 180_000);
      const drainedMs = Date.now() - back;
      expect(drainedMs).toBeLessThan(DRAINED_WITHIN_MS);
      worstRecoveryMs = Math.max(worstRecoveryMs, drainedMs);
      for (const id of paying) await until(`${id} to be registered`, () => is(id, 'registered'), 60_000);
      for (const id of waiting) expect(await is(id, 'inCharge')).toBe(true);
    }
    expect(product.fallen).toEqual([]);
    await conclude(system, {
      fault: 'F3',
      title:
        'with no worker there everything is taken with a dated receipt, and carried out within a minute of their return',
      seed: undefined,
      runs: OUTAGES,
      injected: OUTAGES,
      worstRecoveryMs,
      note: `${APPLICATIONS} applications, ${RECEIPTS} receipts and ${ACTS} acts arrived during each outage`,
    });
  },
  OUTAGES * 400_000,
);

function withoutOutcome(): Promise<number> {
  return system.db.pool
    .query<{ n: string }>('SELECT count(*) AS n FROM inbox WHERE outcome IS NULL')
    .then(({ rows }) => Number(rows[0]?.n));
}

async function is(id: string, status: string): Promise<boolean> {
  return (await rowOf(system, id)).status === status;
}
