import { readSnapshot } from '../../../src/application/snapshot';
import { iter } from '../../administration/support';
import { expectStatus } from '../../support/builders';
import { checkInvariants } from '../../support/invariants';
import { buildSystem, type System } from '../../support/system';
import { until } from '../../support/until';
import { conclude } from '../support/conclude';
import { liveOn, type People, peopleOf, type Stage, toBe, wholeLife } from '../support/life';
import { many } from '../support/load';
import { type OwnEngine, OwnPostgres, ownEngine } from '../support/own-servers';
import { Product } from '../support/product';
import { times } from '../support/rounds';

/** Where a practice stands when the copy is made, and how far it has come when the copy is put back. */
const MOVES: readonly (readonly [Stage, Stage])[] = [
  ['awaitingPayment', 'registered'],
  ['registered', 'inCharge'],
  ['inCharge', 'awaitingIntegration'],
  ['inCharge', 'ended'],
  ['awaitingIntegration', 'answered'],
];
const EACH = times(1, 5);
const LONG = 900_000;

let postgres: OwnPostgres;
let engine: OwnEngine;
let system: System;
let product: Product;
let people: People;
beforeAll(async () => {
  [postgres, engine] = await Promise.all([OwnPostgres.started(), ownEngine('restored')]);
  system = await buildSystem({ temporal: engine.temporal, database: await postgres.database('iter_restored') });
  product = await Product.around(system);
  await Promise.all([product.start('worker'), product.start('api')]);
  people = await peopleOf(product.far);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await product.end();
  await system.stop();
  await engine.server.stop();
  await postgres.remove();
});

/** What `iter engine rebuild --dry-run` lists, once the worker answers for every practice: id and action, sorted. */
function listed(): Promise<readonly string[]> {
  return until(
    'the worker to answer for every practice',
    async () => {
      const { stdout } = await iter(system, 'engine', 'rebuild', '--dry-run');
      if (stdout.includes('no worker answered')) return undefined;
      const rows = stdout.matchAll(/^\S+ +([0-9a-f-]{36}) +\S+ +\d+ +.+? {2,}(\w+)/gm);
      return [...rows].map(([, id, action]) => `${id} ${action}`).sort();
    },
    120_000,
  );
}

test(
  'after a restore of an older copy of the database every practice that no longer fits is found, and goes on from what the copy holds',
  async () => {
    const { far } = product;
    const staying = await many(EACH, () => wholeLife(far, people, undefined, 'inCharge'));
    const moving: { readonly id: string; readonly from: Stage; readonly to: Stage }[] = [];
    for (const [from, to] of MOVES) {
      await many(EACH, async () => moving.push({ id: await wholeLife(far, people, undefined, from), from, to }));
    }
    await postgres.backUp();
    for (const { id, from, to } of moving) await liveOn(far, people, id, from, to);
    const begunLater = await many(EACH, () => wholeLife(far, people, undefined, 'registered'));
    const before = await Promise.all(moving.map(({ id }) => seqOf(id)));

    await product.terminate('worker');
    await postgres.restore();
    await product.start('worker');
    const restored = Date.now();
    const after = await Promise.all(moving.map(({ id }) => seqOf(id)));
    const gone = before.reduce((sum, seq, index) => sum + seq - (after[index] ?? 0), 0);

    const ended = moving.filter(({ to }) => to === 'ended').map(({ id }) => id);
    const ahead = moving.filter(({ to }) => to !== 'ended').map(({ id }) => id);
    const found = [
      ...ahead.map((id) => `${id} leftAlone`),
      ...begunLater.map((id) => `${id} leftAlone`),
      ...ended.map((id) => `${id} wouldRestart`),
    ].sort();
    expect(await listed()).toEqual(found);

    // As the manual says.
    for (const id of ahead) {
      const { stdout } = await iter(system, 'practice', 'retry', id, '--from-snapshot');
      expect(stdout).toContain('started again from the snapshot at event');
    }
    await iter(system, 'engine', 'rebuild');
    for (const id of begunLater) await system.client.workflow.getHandle(`practice/bugliano/${id}`).terminate('no rows');
    expect(await listed()).toEqual([]);
    await checkInvariants(system);
    const worstRecoveryMs = Date.now() - restored;

    for (const { id, from } of moving) {
      if (from === 'awaitingPayment') await comeBackFromPaying(id);
      await liveOn(far, people, id, from === 'awaitingPayment' ? 'registered' : from);
    }
    for (const id of staying) await liveOn(far, people, id, 'inCharge');
    for (const { id } of moving) await expectStatus(200, people.citizen.get(`/api/v1/practices/${id}`));
    expect(product.fallen).toEqual([]);
    await conclude(system, {
      fault: 'F28',
      title:
        'after a restore of an older copy every practice that no longer fits is found, and goes on from what the copy holds',
      seed: undefined,
      runs: 1,
      injected: 1,
      worstRecoveryMs,
      note: `${ahead.length} practices ahead, ${ended.length} ended and ${begunLater.length} begun after the copy, all found; ${gone} events and ${begunLater.length} practices are gone with the rows, which no command can bring back`,
    });
  },
  LONG,
);

/** The gateway has the money, and its receipt went with the rows: the applicant's return makes it be asked. */
async function comeBackFromPaying(id: string): Promise<void> {
  await expectStatus(200, people.citizen.post(`/api/v1/practices/${id}/payment-returns`, {}));
  await toBe(system, id, 'registered');
}

async function seqOf(id: string): Promise<number> {
  const row = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  return readSnapshot(row.snapshot).state.seq;
}
