import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '../../src/platform/migrate';
import { provisionTemporal } from '../../src/platform/temporal/provision';
import { countDamage, NO_DAMAGE } from '../support/damage';
import { emptyDatabase } from '../support/database';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import type { ProductProcess } from '../support/processes';
import { buildSystem, type System } from '../support/system';
import { begin, type Doors, liveOn, PATIENCE_MS, STAGES, type Stage } from './support/life';
import { type Api, type Release, releaseBefore, settingsOf, THIS_RELEASE } from './support/releases';

const QUEUES = ['practice', 'documents', 'protocollo', 'payments', 'notifications'];
/** One practice is left at each of these. */
const UNDER_WAY = STAGES.filter((stage) => stage !== 'approved');

const home = mkdtempSync(join(tmpdir(), 'iter-upgrade-'));
const before = releaseBefore();
const running: ProductProcess[] = [];
let system: System;
let settings: Readonly<Record<string, string>>;

beforeAll(async () => {
  const temporal = {
    address: process.env['ITER_TEST_TEMPORAL'] ?? '',
    namespace: `upgrade-${process.pid}`,
  };
  await provisionTemporal(temporal);
  system = await buildSystem({ temporal, database: await emptyDatabase() });
  settings = settingsOf({ home, databaseUrl: system.db.url, temporal, sandbox: system.sandbox });
}, PATIENCE_MS);

afterAll(async () => {
  await Promise.all(running.map((process) => process.kill()));
  await system?.stop();
  before.end();
  rmSync(home, { recursive: true, force: true });
});

async function started(release: Release): Promise<{ readonly worker: ProductProcess; readonly api: Api }> {
  const [worker, api] = await Promise.all([release.worker(settings), release.api(settings)]);
  running.push(worker, api.process);
  return { worker, api };
}

const one =
  (api: Api): Doors =>
  () =>
    api;

/** First this one, then the other, and again. */
function inTurn(first: Api, second: Api): Doors {
  let asked = 0;
  return () => (asked++ % 2 === 0 ? first : second);
}

/** A practice at each stage. */
async function underWay(doors: Doors): Promise<readonly (readonly [Stage, string])[]> {
  return Promise.all(UNDER_WAY.map(async (stage) => [stage, await begin(system, doors, stage)] as const));
}

function goOn(practices: readonly (readonly [Stage, string])[], doors: Doors): Promise<unknown> {
  return Promise.all(practices.map(([stage, id]) => liveOn(system, doors, id, stage)));
}

function migrationsOf(release: Release): readonly string[] {
  return readdirSync(join(release.dir, 'prisma', 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Who takes tasks from a queue. */
async function pollersOf(queue: string): Promise<number> {
  const { pollers } = await system.client.connection.workflowService.describeTaskQueue({
    namespace: system.temporal.namespace,
    taskQueue: { name: queue },
    taskQueueType: 2,
  });
  return new Set(pollers?.map(({ identity }) => identity)).size;
}

/** How many workers have carried out the workflow of a practice. */
async function carriersOf(id: string): Promise<number> {
  const { events } = await historyOf(system, id);
  return new Set(events?.flatMap(({ workflowTaskCompletedEventAttributes: done }) => done?.identity ?? [])).size;
}

/** Numbers in the register that a practice's request has. */
async function numbersOf(id: string): Promise<readonly string[]> {
  const rows = await system.db.prisma.registrationIntent.findMany({ where: { practiceId: id, ordinal: 1 } });
  const { tenantId, registration } = await system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
  const ownRefs = rows.map(({ ownRef }) => ownRef);
  const entries = await system.db.prisma.registerEntry.findMany({ where: { tenantId, ownRef: { in: ownRefs } } });
  expect(registration).toBe(`${String(entries[0]?.number).padStart(7, '0')}/${entries[0]?.year}`);
  return entries.map(({ year, number }) => `${year}/${number}`);
}

test(
  'the release before runs on while the database is migrated, beside this release and away; every practice is approved with one number',
  async () => {
    for (const command of ['migrate', 'seed']) await before.run(command, settings);
    const old = await started(before);
    const begun = await underWay(one(old.api));

    const unknown = migrationsOf(THIS_RELEASE).filter((name) => !migrationsOf(before).includes(name));
    expect(await applyMigrations(system.db.url)).toEqual(unknown);
    const whole = await begin(system, one(old.api), 'approved');
    const begunSince = await underWay(one(old.api));

    const fresh = await started(THIS_RELEASE);
    expect(await Promise.all(QUEUES.map(pollersOf))).toEqual(QUEUES.map(() => 2));
    await goOn(begun, inTurn(fresh.api, old.api));

    expect(await old.worker.terminate()).toEqual({ code: 0, signal: null });
    await goOn(begunSince, inTurn(old.api, fresh.api));
    expect(await old.api.process.terminate()).toEqual({ code: 0, signal: null });
    const last = await begin(system, one(fresh.api), 'approved');

    const ids = [...begun, ...begunSince].map(([, id]) => id).concat(whole, last);
    const rows = await system.db.prisma.practice.findMany({ select: { id: true, status: true } });
    expect(new Map(rows.map(({ id, status }) => [id, status]))).toEqual(new Map(ids.map((id) => [id, 'approved'])));
    const numbers = await Promise.all(ids.map(numbersOf));
    expect(numbers.map((own) => own.length)).toEqual(ids.map(() => 1));
    expect(new Set(numbers.flat()).size).toBe(ids.length);
    expect(await Promise.all(begunSince.map(([, id]) => carriersOf(id)))).toEqual(begunSince.map(() => 2));
    expect(await countDamage(system)).toEqual(NO_DAMAGE);
    await checkInvariants(system);
  },
  4 * PATIENCE_MS,
);
