import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expectProblem } from '../api/support';
import {
  awaitingPayment,
  completeDraft,
  deliverReceipt,
  expectStatus,
  pay,
  payAtGateway,
  reach,
  ztlContent,
} from '../support/builders';
import { ApiClient } from '../support/client';
import { freshDatabase, type TestDatabase } from '../support/database';
import { checkInvariants } from '../support/invariants';
import { type SmallDisk, smallDisk } from '../support/small-disk';
import { type System, startSystem } from '../support/system';
import { READY, STORAGE_FULL } from './support';

const TABLESPACE = `small_${process.pid}`;

let disk: SmallDisk;
let database: TestDatabase;
let system: System;
let citizen: ApiClient;

beforeAll(async () => {
  disk = await smallDisk(64);
  database = await freshDatabase();
  await moveTo(database, disk.dir);
  system = await startSystem({ database });
  citizen = await system.as('giulia.bianchi');
});
afterAll(async () => {
  await disk.free();
  await system.stop();
  await asAdmin((client) => client.query(`DROP TABLESPACE ${TABLESPACE}`));
  await disk.remove();
});

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env['ITER_TEST_POSTGRES_URL'] });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** All tables and indexes of a database onto another disk; the log of the server stays where it is. */
async function moveTo(db: TestDatabase, dir: string): Promise<void> {
  const location = join(dir, 'tables');
  mkdirSync(location);
  await asAdmin(async (client) => {
    // Another account than ours when we are root.
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    const { uid, gid } = statSync(`/proc/${rows[0].pid}`);
    chownSync(location, uid, gid);
    await client.query(`CREATE TABLESPACE ${TABLESPACE} LOCATION '${location}'`);
    await client.query(`ALTER DATABASE ${new URL(db.url).pathname.slice(1)} SET TABLESPACE ${TABLESPACE}`);
  });
}

/** Opens drafts until one is refused; a full disk still takes what fits into pages that it has. */
async function fileUntilRefused(): Promise<{ readonly refused: Awaited<ReturnType<ApiClient['post']>>; key: string }> {
  const data = ztlContent([], { residence: { street: 'V'.repeat(4_000) } });
  for (let n = 0; n < 2_000; n += 1) {
    const key = randomUUID();
    const answer = await citizen.post('/api/v1/practices', { service: 'permesso-ztl', data }, key);
    if (answer.status !== 201) return { refused: answer, key };
  }
  throw new Error('two thousand drafts fit onto a full disk');
}

test('a database without space refuses new work, goes on reading, and takes the same work when there is space', async () => {
  const paid = await awaitingPayment(citizen);
  const draft = await completeDraft(citizen);
  const stranger = ApiClient.stranger(system);
  await disk.fill();
  const { refused } = await fileUntilRefused();
  expectProblem(refused, STORAGE_FULL);
  expect(refused.headers['retry-after']).toBe('120');
  const count = await system.db.prisma.practice.count();

  const ready = await stranger.get('/ready');
  expect([ready.status, ready.body.probes]).toEqual([
    503,
    [
      { name: 'database', ok: false, reason: 'no space left' },
      { name: 'documents', ok: true },
    ],
  ]);
  expect((await stranger.get('/health')).status).toBe(200);
  await expectStatus(200, citizen.get('/api/v1/practices'));
  await expectStatus(200, citizen.get(`/api/v1/practices/${paid}`));

  const again = await fileUntilRefused();
  expectProblem(again.refused, STORAGE_FULL);
  expect(await system.db.prisma.practice.count()).toBeGreaterThanOrEqual(count);
  expect(await system.db.prisma.inboxRow.count({ where: { idempotencyKey: again.key } })).toBe(0);

  await disk.free();
  const data = ztlContent([]);
  await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl', data }, again.key));
  await expectStatus(200, citizen.post(`/api/v1/practices/${draft}/submit`));
  await pay(system, paid);
  await reach(citizen, paid, 'registered');
  await checkInvariants(system);
}, 180_000);

test('what the worker could not write for want of space it writes when there is some', async () => {
  const id = await awaitingPayment(citizen);
  await disk.fill();
  await fileUntilRefused();
  const receipt = await payAtGateway(system, id);
  const first = await deliverReceipt(system, receipt);
  expect([202, 503]).toContain(first.status);
  await disk.free();
  // The gateway brings it again until it is taken.
  expect((await deliverReceipt(system, receipt)).status).toBe(202);
  await reach(citizen, id, 'registered');
  await checkInvariants(system);
  expect((await ApiClient.stranger(system).get('/health')).status).toBe(200);
}, 180_000);

test('once the last refusal is half a minute old it is ready again', async () => {
  jest.useFakeTimers({
    now: Date.now() + 31_000,
    doNotFake: ['setTimeout', 'setInterval', 'setImmediate', 'nextTick'],
  });
  try {
    expect((await ApiClient.stranger(system).get('/ready')).body).toEqual(READY);
  } finally {
    jest.useRealTimers();
  }
});
