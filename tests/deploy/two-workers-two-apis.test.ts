import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/platform/config';
import { resolveClusterBinaries } from '../../src/platform/engine/cluster/binaries';
import { startCluster } from '../../src/platform/engine/cluster/server';
import type { EmbeddedTemporal } from '../../src/platform/engine/temporal-server';
import { act, aPdf, expectStatus, ztlContent } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { Courier } from '../support/courier';
import { checkInvariants } from '../support/invariants';
import { freePort } from '../support/processes';
import { buildSystem, SANDBOX_SECRET, type System } from '../support/system';
import { until } from '../support/until';
import { type Pair, startPair } from './pair';

const NAMESPACE = 'pair';
const PRACTICES = 8;
/** Acts that were answered before the first worker is killed: some practices are then registered, some not. */
const KILL_AFTER_ACTS = 10;
/** What the dead worker had in hand is given out again after its time-outs. */
const LIMIT_MS = 240_000;

type Both = readonly [ApiClient, ApiClient];

const dir = mkdtempSync(join(tmpdir(), 'iter-pair-engine-'));
let engine: EmbeddedTemporal;
let system: System;
let pair: Pair;
let courier: Courier;
let citizen: Both;
let officer: Both;

beforeAll(async () => {
  const { cache, temporal } = loadConfig();
  const { serverPath, sqlToolPath } = temporal;
  const onProgress = (line: string) => process.stdout.write(`${line}\n`);
  engine = await startCluster({
    binaries: await resolveClusterBinaries({ serverPath, sqlToolPath, cacheDir: cache, onProgress }),
    postgresUrl: process.env['ITER_TEST_POSTGRES_URL'] ?? '',
    database: 'temporal_pair',
    port: await freePort(),
    namespace: NAMESPACE,
    logFile: join(dir, 'temporal.log'),
    maxConnections: 10,
  });
  system = await buildSystem({ temporal: { address: engine.address, namespace: NAMESPACE } });
  pair = await startPair(system);
  courier = new Courier(system, pair.apis[1]);
  [citizen, officer] = await Promise.all([pair.atBoth('giulia.bianchi'), pair.atBoth('marco.conti')]);
}, 900_000);

afterAll(async () => {
  await courier?.stop();
  await pair?.end();
  await system?.stop();
  await engine?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** A draft begun at the one API, whose file and form are brought to the other. */
async function draftAtBoth(): Promise<string> {
  const { id } = await expectStatus(201, citizen[0].post('/api/v1/practices', { service: 'permesso-ztl' }));
  const field = 'vehicle.registrationCertificate';
  const file = await expectStatus(201, citizen[1].upload(id, field, 'libretto.pdf', await aPdf()));
  const data = ztlContent([file.id]);
  await expectStatus(200, citizen[0].put(`/api/v1/practices/${id}/draft`, { data }));
  return id;
}

async function reaches(client: ApiClient, id: string, status: string): Promise<void> {
  const shown = async () => (await client.get(`/api/v1/practices/${id}`)).body.status === status;
  await until(`practice ${id} to be ${status}`, shown, LIMIT_MS);
}

/** The gateway takes the money, once the position is open there. */
async function pay(client: ApiClient, id: string): Promise<void> {
  const open = async () => (await client.get(`/api/v1/practices/${id}`)).body.payment?.status === 'open';
  await until(`the position of ${id} to be open`, open, LIMIT_MS);
  const url = `${system.sandbox.url}/control/pay/${encodeURIComponent(`${id}/pay/1`)}`;
  const headers = { authorization: `Bearer ${SANDBOX_SECRET}`, 'content-type': 'application/json' };
  expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(200);
}

/** The effect can be seen: at once, or, while the engine looks for a worker, where the receipt says to look. */
async function done(client: ApiClient, answer: { readonly status: number; readonly body: Body }): Promise<void> {
  if (answer.status !== 202) {
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return;
  }
  const outcome = await until(
    `the outcome of ${answer.body.href}`,
    async () => (await client.get(answer.body.href)).body.outcome,
    LIMIT_MS,
  );
  expect(outcome).toMatchObject({ result: 'done' });
}

test('both workers take tasks, from each queue', async () => {
  const { workflowService } = system.client.connection;
  for (const queue of ['practice', 'documents', 'protocollo', 'payments', 'notifications']) {
    await until(`two workers on ${queue}`, async () => {
      const { pollers } = await workflowService.describeTaskQueue({
        namespace: NAMESPACE,
        taskQueue: { name: queue },
        taskQueueType: 2,
      });
      return new Set(pollers?.map(({ identity }) => identity)).size === 2;
    });
  }
});

test('an act that is repeated at the other API, later or in the same moment, is one act with one answer', async () => {
  const id = await draftAtBoth();
  const key = randomUUID();
  const path = `/api/v1/practices/${id}/submit`;
  const [one, other] = await Promise.all(citizen.map((client) => client.post(path, undefined, key)));
  const later = await citizen[1].post(path, undefined, key);
  const receipts = [one, other, later].map((answer) => [answer?.body.commandId, answer?.body.receivedAt]);
  expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect([one, other, later].map((answer) => answer?.status)).toEqual([200, 200, 200]);
  expect(await system.db.prisma.inboxRow.count({ where: { practiceId: id, type: 'submit' } })).toBe(1);
  await pay(citizen[0], id);
  await reaches(citizen[0], id, 'registered');
});

test('what one API has answered with 200, the other shows at once, in the practice and in every list', async () => {
  const id = await draftAtBoth();
  await expectStatus(200, citizen[0].post(`/api/v1/practices/${id}/submit`));
  const { body: submitted } = await citizen[1].get(`/api/v1/practices/${id}`);
  expect(['paymentPreparing', 'awaitingPayment']).toContain(submitted.status);
  await pay(citizen[1], id);
  await reaches(citizen[1], id, 'registered');

  const { practice } = await expectStatus(200, act(officer[1], id, 'take-charge'));
  const { body: seen } = await officer[0].get(`/api/v1/practices/${id}`);
  expect([seen.status, seen.actVersion]).toEqual(['inCharge', practice.actVersion]);
  const { body: list } = await officer[0].get('/api/v1/practices?status=inCharge');
  expect(list.items.map((item: Body) => item.id)).toContain(id);
});

test(
  'every practice comes to its end although one of two workers is killed in the middle, and both APIs serve on',
  async () => {
    let acts = 0;
    let killed: Promise<void> | undefined;
    const counted = async (client: ApiClient, answer: Promise<{ status: number; body: Body }>) => {
      await done(client, await answer);
      acts += 1;
      if (acts >= KILL_AFTER_ACTS) killed ??= pair.workers[0].kill();
    };
    const live = async (_: unknown, n: number): Promise<string> => {
      let step = n;
      const next = (both: Both) => both[step++ % 2 === 0 ? 0 : 1];
      const id = await draftAtBoth();
      const sender = next(citizen);
      await counted(sender, sender.post(`/api/v1/practices/${id}/submit`));
      await pay(next(citizen), id);
      await reaches(next(citizen), id, 'registered');
      for (const path of ['take-charge', 'approve']) {
        const client = next(officer);
        await counted(client, act(client, id, path, path === 'approve' ? { message: 'Va bene.' } : {}));
      }
      await reaches(next(citizen), id, 'approved');
      return id;
    };
    const ids = await Promise.all(Array.from({ length: PRACTICES }, live));
    await killed;
    expect(await pair.workers[0].ended).toEqual({ code: null, signal: 'SIGKILL' });
    expect(new Set(ids).size).toBe(PRACTICES);
    const { body } = await citizen[1].get('/api/v1/practices?status=approved&limit=100');
    expect(body.items.map((item: Body) => item.id)).toEqual(expect.arrayContaining(ids));
    await checkInvariants(system);
  },
  2 * LIMIT_MS,
);

test('every process tells the same figures, those of the whole database: they are looked at, not added up', async () => {
  const figures = async (url: string) => {
    const text = await (await fetch(url)).text();
    return text.split('\n').filter((line) => /^iter_practices\{/.test(line));
  };
  const told = await until('figures of the same moment', async () => {
    const [first = [], ...others] = await Promise.all(pair.metrics.map(figures));
    return others.every((other) => other.join() === first.join()) && first;
  });
  expect(told).toContain(`iter_practices{status="approved"} ${PRACTICES}`);
});
