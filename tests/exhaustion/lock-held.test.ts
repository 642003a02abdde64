import { randomUUID } from 'node:crypto';
import { expectProblem } from '../api/support';
import { completeDraft, expectStatus } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { type Api, apiOn, OVERLOADED, timed } from './support';

let system: System;
let api: Api;
let citizen: ApiClient;

beforeAll(async () => {
  system = await buildSystem({ waitMs: 0, temporal: { address: '127.0.0.1:1', namespace: 'none' } });
  api = await apiOn(system, system.db.url, { connections: 5 });
  citizen = await api.as('giulia.bianchi');
});
afterAll(async () => {
  await api.stop();
  await system.stop();
});

test('acts on a practice that somebody has locked are given up, and give back their connections', async () => {
  const draft = await completeDraft(citizen);
  const key = randomUUID();
  const lock = await system.db.pool.connect();
  try {
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM practice WHERE id = $1 FOR UPDATE', [draft]);
    const acts = Array.from({ length: 10 }, (_, n) =>
      timed(citizen.post(`/api/v1/practices/${draft}/submit`, undefined, n === 0 ? key : undefined)),
    );
    await until('every connection to be waiting for the lock', async () => {
      // Not by the connection that holds it: inside a transaction the view does not change.
      const { rows } = await system.db.pool.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
      return rows.length >= 5;
    });
    for (const answer of await Promise.all(acts)) {
      expectProblem(answer, OVERLOADED);
      // Four seconds for a connection and six for the statement that waits, with room for a busy machine.
      expect(answer.ms).toBeLessThan(15_000);
    }
    // The lock is still held; whatever does not need it works.
    await expectStatus(200, citizen.get(`/api/v1/practices/${draft}`));
  } finally {
    await lock.query('ROLLBACK');
    lock.release();
  }
  await expectStatus(202, citizen.post(`/api/v1/practices/${draft}/submit`, undefined, key));
  expect(await system.db.prisma.inboxRow.count({ where: { practiceId: draft, type: 'submit' } })).toBe(1);
  await checkInvariants(system, { pending: true });
});
