import { completeDraft, expectStatus } from '../support/builders';
import { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { buildSystem, type System } from '../support/system';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy';
import { type Api, apiOn, READY, timed } from './support';

let system: System;
let proxy: TcpProxy;
let api: Api;
let citizen: ApiClient;

beforeAll(async () => {
  system = await buildSystem({ waitMs: 0, temporal: { address: '127.0.0.1:1', namespace: 'none' } });
  const url = new URL(system.db.url);
  proxy = await startTcpProxy(Number(url.port));
  url.port = String(proxy.port);
  api = await apiOn(system, url.toString(), { connections: 3 });
  citizen = await api.as('giulia.bianchi');
});
afterAll(async () => {
  proxy.delayAnswers(0);
  await api.stop();
  await proxy.stop();
  await system.stop();
});

test('a database that falls silent without closing is given up, and its connections are not used again', async () => {
  const draft = await completeDraft(citizen);
  const written = await system.db.prisma.draft.findUniqueOrThrow({ where: { practiceId: draft } });
  const asked = () => [
    timed(citizen.get(`/api/v1/practices/${draft}`)),
    timed(citizen.put(`/api/v1/practices/${draft}/draft`, { data: {} })),
    timed(citizen.post(`/api/v1/practices/${draft}/submit`)),
  ];
  // Later than anybody waits: as if the cable had been cut.
  proxy.delayAnswers(600_000);
  const answers = await Promise.all([...asked(), ...asked()]);
  for (const { status, headers, ms } of answers) {
    expect([status, headers['retry-after']]).toEqual([503, expect.stringMatching(/^(5|30)$/)]);
    // Eleven seconds of silence for the one connection that the request uses; then it is not asked for another.
    expect(ms).toBeLessThan(30_000);
  }
  expect((await ApiClient.stranger(api).get('/health')).status).toBe(200);
  proxy.delayAnswers(0);
  await expectStatus(200, citizen.get(`/api/v1/practices/${draft}`));
  expect((await ApiClient.stranger(api).get('/ready')).body).toEqual(READY);
  expect(await system.db.prisma.draft.findUniqueOrThrow({ where: { practiceId: draft } })).toEqual(written);
  await checkInvariants(system, { pending: true });
}, 120_000);
