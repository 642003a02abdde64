import { rmSync } from 'node:fs';
import type { PracticeSnapshot } from '../../src/activities/contract';
import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import { concurrently } from '../../src/application/administration/concurrently';
import { type RebuildLine, rebuildEngine } from '../../src/application/administration/rebuild';
import { startOptionsOf } from '../../src/application/inbox/start';
import { readSnapshot } from '../../src/application/snapshot';
import { instant } from '../../src/domain/ids';
import type { PracticeEvent } from '../../src/domain/practice/events';
import { evolve, newborn } from '../../src/domain/practice/state';
import { evaluateClock } from '../../src/domain/terms/practice-clock';
import { provisionTemporal } from '../../src/platform/temporal/provision';
import { administrationOf } from '../administration/support';
import { act, aPng, completeDraft, expectStatus, pay } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { OwnEngine } from './support/own-engine';

const LONG = 120_000;

/** How many practices are in which state when the engine is lost: fifty in all. */
const MIX = {
  draft: 10,
  awaitingPayment: 10,
  registering: 8,
  registered: 8,
  inCharge: 7,
  awaitingIntegration: 7,
} as const;
type Stage = keyof typeof MIX;

let registerIsDown = false;

/** A register that answers nothing while it is down, not even whether it has an entry. */
function fallible(register: ProtocolloPort): ProtocolloPort {
  const orDown = async <T>(work: () => Promise<T>): Promise<T> => {
    if (registerIsDown) throw new Error('the register does not answer');
    return work();
  };
  return {
    ...register,
    register: (request) => orDown(() => register.register(request)),
    findByOwnRef: (tenant, ownRef) => orDown(() => register.findByOwnRef(tenant, ownRef)),
  };
}

let system: System;
let engine: OwnEngine;
let citizen: ApiClient;
let operator: ApiClient;

beforeAll(async () => {
  engine = await OwnEngine.start('lost');
  system = await buildSystem({
    temporal: engine.temporal,
    replaceDeps: (deps) => ({ protocollo: fallible(deps.protocollo) }),
    waitMs: LONG,
  });
  await system.startWorker();
  system.startSender();
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
}, LONG);

afterAll(async () => {
  await system.stop();
  await engine.stop();
});

/** Brings a practice to a stage of its life. */
async function lived(stage: Stage): Promise<string> {
  const id = await completeDraft(citizen);
  await until('the draft to be in the engine', async () => (await rowOf(id)).seq === 1, LONG);
  if (stage === 'draft') return id;
  await submitted(id);
  if (stage === 'awaitingPayment') return id;
  await pay(system, id);
  if (stage === 'registering') {
    await until('the register to have been asked', () => intentOf(id, 'sent'), LONG);
    await toBe(id, 'registering');
    return id;
  }
  await toBe(id, 'registered');
  if (stage === 'registered') return id;
  await expectStatus(200, act(operator, id, 'take-charge'));
  if (stage === 'inCharge') return id;
  const request = { message: 'Serve una foto del veicolo.', documents: [{ key: 'photo', label: 'Foto' }] };
  await expectStatus(200, act(operator, id, 'integration-requests', request));
  await toBe(id, 'awaitingIntegration');
  return id;
}

/** Sent, with the position open at the gateway. */
async function submitted(id: string): Promise<void> {
  await expectStatus(200, citizen.post(`/api/v1/practices/${id}/submit`));
  const where = { practiceId: id, status: 'open' };
  await until('the position to be open', () => system.db.prisma.payment.findFirst({ where }), LONG);
}

function toBe(id: string, status: string): Promise<unknown> {
  return until(`practice to be ${status}`, async () => (await rowOf(id)).status === status, LONG);
}

/** Brings a practice from its stage to its approval. */
async function finish(id: string, stage: Stage): Promise<void> {
  if (stage === 'draft') await submitted(id);
  if (stage === 'draft' || stage === 'awaitingPayment') await pay(system, id);
  if (stage === 'awaitingIntegration') {
    const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'foto.png', aPng));
    const answer = { documents: { photo: [photo.id] } };
    await expectStatus(200, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer));
    await toBe(id, 'inCharge');
  } else if (stage !== 'inCharge') {
    await toBe(id, 'registered');
    await expectStatus(200, act(operator, id, 'take-charge'));
  }
  await expectStatus(200, act(operator, id, 'approve'));
  await until('its end', async () => (await rowOf(id)).status === 'approved' && (await hasCompleted(id)), LONG);
}

function rowOf(id: string) {
  return system.db.prisma.practice.findUniqueOrThrow({ where: { id } });
}

function intentOf(practiceId: string, status: string) {
  return system.db.prisma.registrationIntent.findFirst({ where: { practiceId, status } });
}

async function hasCompleted(id: string): Promise<boolean> {
  const { status } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
  return status.name === 'COMPLETED';
}

async function rebuild(dryRun = false) {
  const lines: RebuildLine[] = [];
  const result = await rebuildEngine(administrationOf(system), { dryRun, report: (line) => lines.push(line) });
  return { result, lines };
}

test('F33: with the engine’s database deleted, fifty open practices are rebuilt from their snapshots and all finish', async () => {
  const practices: { readonly id: string; readonly stage: Stage }[] = [];
  const live = (stage: Stage) =>
    concurrently(Array.from({ length: MIX[stage] }), 4, async () => {
      practices.push({ id: await lived(stage), stage });
    });
  for (const stage of Object.keys(MIX) as Stage[]) if (stage !== 'registering') await live(stage);
  registerIsDown = true;
  await live('registering');
  expect(practices).toHaveLength(50);

  // The machine with Temporal's data is gone; PostgreSQL, API, worker and sender are not.
  await engine.end('SIGKILL');
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${engine.sqliteFile}${suffix}`, { force: true });
  system.setWait(100);
  const late = practices.find(({ stage }) => stage === 'registered')?.id ?? '';
  const taken = await expectStatus(202, act(operator, late, 'take-charge'));
  const draft = await completeDraft(citizen);

  await engine.startAgain();
  await provisionTemporal(engine.temporal);
  const wellAgain = Date.now();
  await until('the sender to have looked for the practice', async () => openTasks('engineMissing'), LONG);

  const dry = await rebuild(true);
  expect(dry.result).toMatchObject({ restarted: 50, unsolved: 0 });
  expect(dry.lines.filter(({ action }) => action === 'wouldRestart').map(({ found }) => found)).toEqual(
    Array.from({ length: 50 }, () => 'missing'),
  );
  expect((await rebuild()).result).toMatchObject({ restarted: 50, unsolved: 0 });
  expect(await openTasks('engineMissing')).toBe(0);
  // What came while the engine was away is done first of all.
  system.setWait(LONG);
  await until(
    'the waiting act',
    async () => (await operator.get(`/api/v1/commands/${taken.commandId}`)).body.outcome,
    LONG,
  );
  expect(await rowOf(late)).toMatchObject({ status: 'inCharge' });
  await until('the new draft', async () => (await rowOf(draft)).seq === 1, LONG);
  const worstRecoveryMs = Date.now() - wellAgain;
  // A second rebuild finds that everybody runs.
  expect(await rebuild()).toMatchObject({ result: { examined: 51, agreed: 51, restarted: 0, unsolved: 0 }, lines: [] });

  registerIsDown = false;
  await concurrently(practices, 4, ({ id, stage }) => finish(id, id === late ? 'inCharge' : stage));
  await checkInvariants(system);
  const numbers = await system.db.prisma.registrationIntent.groupBy({ by: ['status'], _count: true });
  // Request and decision of each, and request and answer of each integration.
  expect(numbers).toEqual([{ status: 'registered', _count: 2 * 50 + 2 * MIX.awaitingIntegration }]);
  const title =
    'with the engine’s database deleted, fifty open practices are rebuilt from their snapshots and all finish';
  await conclude(system, { fault: 'F33', title, seed: undefined, runs: 50, injected: 1, worstRecoveryMs });
}, 900_000);

async function openTasks(reason: string): Promise<number> {
  return system.db.prisma.operatorTask.count({ where: { reason, closedAt: null } });
}

test(
  'a run that is behind PostgreSQL, as after a restore of an older backup, is ended and started where it should be',
  async () => {
    const id = await lived('registered');
    await system.client.workflow.getHandle(`practice/bugliano/${id}`).terminate('set back on purpose');
    const { start } = administrationOf(system);
    const options = await startOptionsOf(system.db, start, id, 'snapshot');
    const [input] = options.args;
    const older = { ...input, snapshot: await snapshotAfter(id, 2) };
    await system.client.workflow.start('practice', { ...options, args: [older] });
    const before = await rowOf(id);
    const { result, lines } = await rebuild();
    expect(result).toMatchObject({ restarted: 1, unsolved: 0 });
    expect(lines).toMatchObject([{ id, found: 'behind', action: 'restarted' }]);
    await expectStatus(200, act(operator, id, 'take-charge'));
    expect((await rowOf(id)).seq).toBe(before.seq + 1);
  },
  LONG,
);

/** What PostgreSQL held of a practice after one of its first events. */
async function snapshotAfter(id: string, seq: number): Promise<PracticeSnapshot> {
  const { state: now } = readSnapshot((await rowOf(id)).snapshot);
  const rows = await system.db.prisma.practiceEventRow.findMany({
    where: { practiceId: id, seq: { lte: seq } },
    orderBy: { seq: 'asc' },
  });
  const state = rows.reduce(
    (before, row) => evolve(before, { ...row, at: instant(row.at) } as unknown as PracticeEvent),
    newborn({ id: now.id, tenant: now.tenant, applicant: now.applicant, rules: now.rules }),
  );
  return { state, clock: evaluateClock(state) };
}
