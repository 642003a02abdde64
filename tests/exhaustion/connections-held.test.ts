import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { expectProblem } from '../api/support';
import { aPdf, completeDraft, expectStatus } from '../support/builders';
import { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { type Api, apiOn, OVERLOADED, READY, timed } from './support';

let system: System;
let api: Api;
let citizen: ApiClient;
let stranger: ApiClient;

beforeAll(async () => {
  system = await buildSystem({ waitMs: 0, temporal: { address: '127.0.0.1:1', namespace: 'none' } });
  api = await apiOn(system, system.db.url);
  citizen = await api.as('giulia.bianchi');
  stranger = ApiClient.stranger(api);
});
afterAll(async () => {
  await api.stop();
  await system.stop();
});

/** Every connection that the API has, each in a transaction with a lock. */
async function holdAll(): Promise<() => Promise<void>> {
  const held: pg.PoolClient[] = [];
  for (let n = 0; n < 10; n += 1) {
    const client = await api.db.pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM account ORDER BY id OFFSET $1 LIMIT 1 FOR SHARE', [n]);
    held.push(client);
  }
  return async () => {
    for (const client of held) {
      await client.query('ROLLBACK');
      client.release();
    }
  };
}

test('when every connection is held everybody is told within seconds to come back, and then is served', async () => {
  const draft = await completeDraft(citizen);
  const key = randomUUID();
  const release = await holdAll();
  const pdf = await aPdf();
  const login = { tenant: 'bugliano', username: 'marco.conti', password: 'marco.conti-demo' };
  const ready = timed(stranger.get('/ready'));
  const health = timed(stranger.get('/health'));
  const first = await Promise.all(
    [
      citizen.get('/api/v1/practices'),
      citizen.post(`/api/v1/practices/${draft}/submit`, undefined, key),
      citizen.put(`/api/v1/practices/${draft}/draft`, { data: {} }),
      citizen.upload(draft, 'vehicle.registrationCertificate', 'altra.pdf', pdf),
      stranger.send('POST', '/api/v1/tokens', { body: login }),
    ].map(timed),
  );
  for (const answer of first) {
    expectProblem(answer, OVERLOADED);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.ms).toBeLessThan(6_000);
  }
  expect((await health).status).toBe(200);
  expect((await health).ms).toBeLessThan(1_000);
  const { status, body, ms } = await ready;
  expect([status, body]).toEqual([
    503,
    {
      status: 'not ready',
      probes: [
        { name: 'database', ok: false, reason: 'every connection is in use' },
        { name: 'documents', ok: true },
      ],
    },
  ]);
  expect(ms).toBeLessThan(3_500);
  await release();
  expect((await stranger.get('/ready')).body).toEqual(READY);
  await expectStatus(202, citizen.post(`/api/v1/practices/${draft}/submit`, undefined, key));
  expect(await system.db.prisma.attachment.count({ where: { practiceId: draft } })).toBe(1);
  await checkInvariants(system, { pending: true });
});

test('while somebody has waited for long, who comes is turned away at once', async () => {
  const release = await holdAll();
  const waiting = timed(citizen.get('/api/v1/practices'));
  // The door closes two seconds after the first began to wait.
  const early = await timed(stranger.get('/ready'));
  expect(early.status).toBe(503);
  let turnedAway = await timed(citizen.get('/api/v1/practices'));
  while (turnedAway.ms > 1_000 && api.db.waitedMs() > 0) turnedAway = await timed(citizen.get('/api/v1/practices'));
  expectProblem(turnedAway, OVERLOADED);
  expect(turnedAway.ms).toBeLessThan(1_000);
  expectProblem(await waiting, OVERLOADED);
  await release();
  await expectStatus(200, citizen.get('/api/v1/practices'));
});

test('the log names the reason once, however often somebody asks', async () => {
  expect((await stranger.get('/ready')).body).toEqual(READY);
  const release = await holdAll();
  api.logged.splice(0);
  await Promise.all(Array.from({ length: 5 }, () => stranger.get('/ready')));
  await stranger.get('/ready');
  await release();
  const told = api.logged.filter(({ probe }) => probe === 'database');
  expect(told.map(({ msg, reason }) => [msg, reason])).toEqual([['not ready', 'every connection is in use']]);
  expect((await stranger.get('/ready')).body).toEqual(READY);
});
