import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { seedDemo } from '../../src/application/seed';
import { systemClock } from '../../src/platform/clock';
import { loadConfig } from '../../src/platform/config';
import { openDatabase } from '../../src/platform/database';
import { type EmbeddedPostgres, startPostgres } from '../../src/platform/engine/postgres';
import { applyMigrations } from '../../src/platform/migrate';
import { act, completeDraft, expectStatus, practiceInCharge, reach, ztlContent } from '../support/builders';
import { ApiClient, type Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { freePort } from '../support/processes';
import { type SmallDisk, smallDisk } from '../support/small-disk';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { timed } from './support';

let disk: SmallDisk;
let postgres: EmbeddedPostgres;
let port: number;
let system: System;
let citizen: ApiClient;
let operator: ApiClient;
let ended = false;

beforeAll(async () => {
  disk = await smallDisk(320);
  port = await freePort();
  await serve();
  const url = await postgres.createDatabase('application');
  await applyMigrations(url);
  const db = openDatabase(url, 10);
  await seedDemo(db, systemClock);
  system = await startSystem({ database: { ...db, drop: () => db.close() } });
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
}, 180_000);
afterAll(async () => {
  await disk.free();
  await system.stop();
  await postgres.stop();
  await disk.remove();
});

/** As whoever supervises it starts it again. */
async function serve(): Promise<void> {
  ended = false;
  postgres = await startPostgres({ dataDir: join(disk.dir, 'postgres'), cacheDir: loadConfig().cache, port });
  void postgres.exited.then(() => {
    ended = true;
  });
}

/** Files until it is refused; every answer comes in bounded time. */
async function fileUntilRefused(): Promise<{ readonly taken: string[]; readonly refused: Body; readonly key: string }> {
  const taken: string[] = [];
  const data = ztlContent([], { residence: { street: 'V'.repeat(100_000) } });
  for (let n = 0; n < 1_000; n += 1) {
    const key = randomUUID();
    const answer = await timed(citizen.post('/api/v1/practices', { service: 'permesso-ztl', data }, key));
    expect(answer.ms).toBeLessThan(20_000);
    if (answer.status !== 201) return { taken, refused: answer, key };
    taken.push(answer.body.id);
  }
  throw new Error('a thousand drafts fit onto a full disk');
}

test('when the disk of PostgreSQL is full nothing confirmed is lost, nobody waits in vain, and with space all goes on', async () => {
  const id = await practiceInCharge(system, citizen, operator);
  const draft = await completeDraft(citizen);
  await disk.fill();
  const { taken, refused, key } = await fileUntilRefused();
  expect([refused.status, refused.body.status, refused.body.retryable]).toEqual([503, 503, true]);
  expect(['STORAGE_FULL', 'UNAVAILABLE']).toContain(refused.body.code);
  expect(refused.headers['retry-after']).toMatch(/^(30|120)$/);
  const stranger = ApiClient.stranger(system);
  expect((await stranger.get('/health')).status).toBe(200);
  const ready = await timed(stranger.get('/ready'));
  expect([ready.status, ready.body.probes[0].name, ready.body.probes[0].ok]).toEqual([503, 'database', false]);
  expect(ready.ms).toBeLessThan(3_500);
  // Acts of others meanwhile: taken or refused, and repeated with the same key.
  const submitKey = randomUUID();
  const submit = () => citizen.post(`/api/v1/practices/${draft}/submit`, undefined, submitKey);
  expect([200, 202, 503]).toContain((await submit()).status);

  await disk.free();
  if (ended) await serve();
  await until('the database to answer', async () => (await stranger.get('/health')) && ready503Over(stranger), 60_000);
  const data = ztlContent([], { residence: { street: 'V'.repeat(100_000) } });
  await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl', data }, key));
  expect([200, 202]).toContain((await submit()).status);
  const kept = await system.db.prisma.practice.findMany({ where: { id: { in: taken } }, select: { id: true } });
  expect(kept.map((row) => row.id).sort()).toEqual([...taken].sort());
  expect(await system.db.prisma.inboxRow.count({ where: { idempotencyKey: { in: [key, submitKey] } } })).toBe(2);
  await expectStatus(200, act(operator, id, 'approve', { message: 'Vale per un veicolo.' }));
  await reach(citizen, id, 'approved');
  await reach(citizen, draft, 'awaitingPayment');
  await checkInvariants(system);
  await sound();
}, 300_000);

test('when PostgreSQL can not even write its log everybody is refused, and with space nothing confirmed is missing', async () => {
  const draft = await completeDraft(citizen);
  const before = await system.db.prisma.practice.count();
  await disk.fill();
  await endOfLog();
  const key = randomUUID();
  const submit = () => timed(citizen.post(`/api/v1/practices/${draft}/submit`, undefined, key));
  const [refused, page] = await Promise.all([submit(), timed(citizen.get('/api/v1/practices'))]);
  for (const { status, ms } of [refused, page]) {
    expect([200, 503]).toContain(status);
    expect(ms).toBeLessThan(20_000);
  }
  expect(refused.status).toBe(503);
  expect((await ApiClient.stranger(system).get('/ready')).status).toBe(503);
  await disk.free();
  // It has ended where there was no space to recover, or comes back by itself where some was there in time.
  await until(
    'the act to be taken',
    async () => {
      if (ended) await serve();
      return [200, 202].includes((await submit()).status);
    },
    90_000,
  );
  await reach(citizen, draft, 'awaitingPayment');
  expect(await system.db.prisma.practice.count()).toBe(before);
  expect(await system.db.prisma.inboxRow.count({ where: { idempotencyKey: key } })).toBe(1);
  await checkInvariants(system);
  await sound();
}, 300_000);

/** Makes PostgreSQL begin files of its log until there is no space for one. */
async function endOfLog(): Promise<void> {
  const client = new pg.Client({ connectionString: system.db.url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (let n = 0; n < 100; n += 1) {
      await client.query(`SELECT pg_logical_emit_message(true, 'test', 'x')`);
      await client.query('SELECT pg_switch_wal()');
    }
  } catch {
    return;
  } finally {
    await client.end().catch(() => undefined);
  }
  throw new Error('a hundred files of the log fit onto a full disk');
}

/** True once a question is answered, whatever was refused for want of space a moment ago. */
async function ready503Over(stranger: ApiClient): Promise<boolean> {
  const { body } = await stranger.get('/ready');
  const [database] = body.probes;
  return database.ok || database.reason === 'no space left';
}

/** Every row of every table can be read, and every index agrees with its table. */
async function sound(): Promise<void> {
  const client = new pg.Client({ connectionString: system.db.url });
  await client.connect();
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS amcheck');
    const { rows } = await client.query(`
      SELECT bt_index_check(c.oid, true) FROM pg_class c
      JOIN pg_am am ON am.oid = c.relam AND am.amname = 'btree'
      WHERE c.relkind = 'i' AND c.relpersistence = 'p' AND c.relnamespace = 'public'::regnamespace`);
    expect(rows.length).toBeGreaterThan(20);
  } finally {
    await client.end();
  }
}
