import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { buildApp } from '../../src/api/app';
import { openDatabase } from '../../src/platform/database';
import { aPdf, completeDraft, expectStatus } from '../support/builders';
import { ApiClient } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { expectProblem, type WholeProblem } from './support';

const UNAVAILABLE: WholeProblem = {
  code: 'UNAVAILABLE',
  status: 503,
  title: 'Servizio momentaneamente non disponibile',
  detail: 'Una parte del sistema non risponde; nulla è andato perso.',
  remedy: 'Riprova tra qualche minuto con la stessa chiave di idempotenza.',
  retryable: true,
};

let system: System;
let stranger: ApiClient;
beforeAll(async () => {
  // Nobody listens there: everything here works without the engine.
  system = await buildSystem({ waitMs: 0, temporal: { address: '127.0.0.1:1', namespace: 'none' } });
  system.startSender();
  stranger = ApiClient.stranger(system);
});
afterAll(() => system.stop());

test('alive and well, whoever asks', async () => {
  const health = await stranger.get('/health');
  expect([health.status, health.body]).toEqual([200, { status: 'ok' }]);
  const status = await stranger.get('/api/v1/status');
  expect([status.status, status.body]).toEqual([200, { status: 200, title: 'OK' }]);
});

test('without the engine it is ready: applications are filed all the same', async () => {
  const ready = await stranger.get('/ready');
  expect([ready.status, ready.body]).toEqual([
    200,
    {
      status: 'ready',
      probes: [
        { name: 'database', ok: true },
        { name: 'documents', ok: true },
      ],
    },
  ]);
  const citizen = await system.as('giulia.bianchi');
  const draft = await completeDraft(citizen);
  const receipt = await expectStatus(202, citizen.post(`/api/v1/practices/${draft}/submit`));
  expect((await expectStatus(200, citizen.get(receipt.href))).outcome).toBeNull();
});

test('when files can not be kept it is not ready, and an upload is to be repeated later', async () => {
  const citizen = await system.as('giulia.bianchi');
  const draft = await completeDraft(citizen);
  const before = await system.db.prisma.attachment.count();
  const moved = `${system.storeDir}-moved`;
  renameSync(system.storeDir, moved);
  writeFileSync(system.storeDir, 'a file where the directory was');
  try {
    const ready = await stranger.get('/ready');
    expect([ready.status, ready.body]).toEqual([
      503,
      {
        status: 'not ready',
        probes: [
          { name: 'database', ok: true },
          { name: 'documents', ok: false, reason: 'not available' },
        ],
      },
    ]);
    expect(ready.headers['retry-after']).toBe('5');
    expect((await stranger.get('/health')).status).toBe(200);
    const upload = await citizen.upload(draft, 'vehicle.registrationCertificate', 'a.pdf', await aPdf('other'));
    expectProblem(upload, UNAVAILABLE);
    expect(upload.headers['retry-after']).toBe('30');
    const { id } = await system.db.prisma.attachment.findFirstOrThrow({ where: { practiceId: draft } });
    expectProblem(await citizen.get(`/api/v1/practices/${draft}/attachments/${id}`), UNAVAILABLE);
    expect(await system.db.prisma.attachment.count()).toBe(before);
  } finally {
    rmSync(system.storeDir);
    mkdirSync(moved, { recursive: true });
    renameSync(moved, system.storeDir);
  }
  expect((await stranger.get('/ready')).status).toBe(200);
});

describe.each([
  ['nobody listens at its address', 'postgresql://iter@127.0.0.1:1/iter'],
  ['it does not exist', () => new URL('/none', system.db.url).toString()],
])('with a database that is gone: %s', (_name, address) => {
  let app: FastifyInstance;
  let client: ApiClient;
  const gone = { db: openDatabase('postgresql://127.0.0.1:1/none', 1) };
  beforeAll(async () => {
    await gone.db.close();
    gone.db = openDatabase(typeof address === 'string' ? address : address(), 2);
    app = await buildApp({ application: { ...system.application, db: gone.db }, log: pino({ level: 'silent' }) });
    await app.ready();
    client = ApiClient.stranger({ app });
  });
  afterAll(async () => {
    await app.close();
    await gone.db.close();
  });

  test('it lives, is not ready and says which part fails, not where it is', async () => {
    expect((await client.get('/health')).status).toBe(200);
    const ready = await client.get('/ready');
    expect([ready.status, ready.body]).toEqual([
      503,
      {
        status: 'not ready',
        probes: [
          { name: 'database', ok: false, reason: 'not available' },
          { name: 'documents', ok: true },
        ],
      },
    ]);
  });

  test('requests are to be repeated later, and nothing of the inside is told', async () => {
    const body = { tenant: 'bugliano', username: 'giulia.bianchi', password: 'giulia.bianchi-demo' };
    expectProblem(await client.send('POST', '/api/v1/tokens', { body }), UNAVAILABLE);
    const holder = ApiClient.withToken({ app }, 'a'.repeat(43));
    const answer = await holder.get('/api/v1/practices');
    expectProblem(answer, UNAVAILABLE);
    expect(answer.headers['retry-after']).toBe('30');
  });
});
