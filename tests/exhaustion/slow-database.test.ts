import { expectProblem } from '../api/support';
import { aPdf, completeDraft, expectStatus } from '../support/builders';
import { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { until } from '../support/until';
import { type Api, apiOn, OVERLOADED, READY, timed } from './support';

const CONNECTIONS = 10;
const CALLERS = 200;

let system: System;
let proxy: TcpProxy;
let api: Api;
let citizen: ApiClient;
let stranger: ApiClient;

beforeAll(async () => {
  system = await buildSystem({ waitMs: 0, temporal: { address: '127.0.0.1:1', namespace: 'none' } });
  const url = new URL(system.db.url);
  proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  api = await apiOn(system, url.toString(), { connections: CONNECTIONS });
  citizen = await api.as('giulia.bianchi');
  stranger = ApiClient.stranger(api);
});
afterAll(async () => {
  proxy.delayAnswers(0);
  await api.stop();
  await proxy.stop();
  await system.stop();
});
afterEach(() => proxy.delayAnswers(0));

/** As many connections as there may be, open before the answers become slow. */
async function warm(): Promise<void> {
  await Promise.all(Array.from({ length: 3 * CONNECTIONS }, () => citizen.get('/api/v1/practices')));
}

test('with answers two seconds late one person is served slowly, and /ready says within its limit that it is not', async () => {
  const draft = await completeDraft(citizen);
  await warm();
  proxy.delayAnswers(2_000);
  const ready = await timed(stranger.get('/ready'));
  expect([ready.status, ready.body.probes]).toEqual([
    503,
    [
      { name: 'database', ok: false, reason: 'no answer within 2 s' },
      { name: 'documents', ok: true },
    ],
  ]);
  expect(ready.ms).toBeLessThan(3_500);
  expect((await timed(stranger.get('/health'))).ms).toBeLessThan(1_000);
  const page = await timed(citizen.get(`/api/v1/practices/${draft}`));
  expect(page.status).toBe(200);
  expect(page.ms).toBeGreaterThan(2_000);
}, 120_000);

test('with answers two seconds late two hundred callers get an answer or 503, and the database is never asked more than it can take', async () => {
  const draft = await completeDraft(citizen);
  await warm();
  proxy.delayAnswers(2_000);
  let mostOpen = 0;
  const watched = async () => {
    const answer = await timed(citizen.get(`/api/v1/practices/${draft}`));
    mostOpen = Math.max(mostOpen, proxy.open());
    return answer;
  };
  const answers = await Promise.all(Array.from({ length: CALLERS }, watched));
  const served = answers.filter(({ status }) => status === 200);
  for (const answer of answers) {
    if (answer.status !== 200) expectProblem(answer, OVERLOADED);
    // A page takes three questions: each waits four seconds at most and is answered in two.
    expect(answer.ms).toBeLessThan(25_000);
  }
  expect(served.length).toBeGreaterThan(0);
  expect(mostOpen).toBeLessThanOrEqual(CONNECTIONS);
  proxy.delayAnswers(0);
  // Nobody is left waiting, and nothing holds a connection.
  const { pool } = api.db;
  await until('every connection to be free', () => api.db.waitedMs() === 0 && pool.idleCount === pool.totalCount);
  expect(pool.waitingCount).toBe(0);
  const pages = await Promise.all(Array.from({ length: 50 }, () => citizen.get(`/api/v1/practices/${draft}`)));
  expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
  expect((await stranger.get('/ready')).body).toEqual(READY);
}, 180_000);

test('with answers two seconds late writing ends in a whole effect or in none', async () => {
  const draft = await completeDraft(citizen);
  await warm();
  const pdf = await aPdf('altra');
  const before = await system.db.prisma.attachment.count({ where: { practiceId: draft } });
  const key = `slow-${draft}`;
  proxy.delayAnswers(2_000);
  const [submitted, uploaded] = await Promise.all([
    citizen.post(`/api/v1/practices/${draft}/submit`, undefined, key),
    citizen.upload(draft, 'vehicle.registrationCertificate', 'altra.pdf', pdf),
  ]);
  proxy.delayAnswers(0);
  if (submitted.status !== 202) expectProblem(submitted, OVERLOADED);
  const files = await system.db.prisma.attachment.count({ where: { practiceId: draft } });
  expect([uploaded.status, files - before]).toEqual(uploaded.status === 201 ? [201, 1] : [503, 0]);
  const taken = await system.db.prisma.inboxRow.count({ where: { practiceId: draft, type: 'submit' } });
  expect(taken).toBe(submitted.status === 202 ? 1 : 0);
  await expectStatus(202, citizen.post(`/api/v1/practices/${draft}/submit`, undefined, key));
  await checkInvariants(system, { pending: true });
}, 180_000);
