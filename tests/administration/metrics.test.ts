import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { errorsPlugin } from '../../src/api/plugins/errors';
import { pressurePlugin } from '../../src/api/plugins/pressure';
import { metricsRoutes } from '../../src/api/routes/metrics';
import { metricsReader } from '../../src/application/administration/metrics';
import { metricsText } from '../../src/application/administration/metrics-text';
import type { Application } from '../../src/application/application';
import { systemClock } from '../../src/platform/clock';
import { openDatabase } from '../../src/platform/database';
import { freshDatabase, type TestDatabase } from '../support/database';

let db: TestDatabase;
beforeAll(async () => {
  db = await freshDatabase(3);
});
afterAll(() => db.drop());

const TOKEN = 'a-token-for-the-watcher';

async function metrics(options: { token?: string; remoteAddress?: string; headers?: Record<string, string> }) {
  const app = Fastify({ trustProxy: 'loopback' });
  const { token, remoteAddress = '127.0.0.1', headers = {} } = options;
  await app.register(await import('@fastify/rate-limit').then((module) => module.default), { global: false });
  await app.register(pressurePlugin, { application: { db } as unknown as Application });
  await app.register(errorsPlugin);
  await app.register(metricsRoutes, { application: { db, clock: systemClock }, ...(token && { token }) });
  const answer = await app.inject({ method: 'GET', url: '/metrics', remoteAddress, headers });
  await app.close();
  return answer;
}

test('this machine reads the metrics in the Prometheus text format', async () => {
  const { statusCode, headers, body } = await metrics({});
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(body).toContain('# TYPE iter_inbox_oldest_seconds gauge\niter_inbox_oldest_seconds 0\n');
  expect(body).toContain('iter_outbox_unpublished_rows 0\n');
  for (const text of body.trimEnd().split('\n'))
    expect(text).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+({\w+="[^"]*"})? [\d.]+)$/);
});

test('another machine is refused, also behind a proxy of this one', async () => {
  const refused = { type: expect.any(String), status: 401, code: 'UNAUTHENTICATED' };
  for (const from of [{ remoteAddress: '10.0.0.7' }, { headers: { 'x-forwarded-for': '10.0.0.7' } }]) {
    const answer = await metrics(from);
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject(refused);
  }
});

test('with a token, whoever bears it reads from anywhere and nobody else does', async () => {
  const remoteAddress = '10.0.0.7';
  const with_ = (authorization?: string) =>
    metrics({ token: TOKEN, remoteAddress, headers: authorization ? { authorization } : {} });
  expect((await with_(`Bearer ${TOKEN}`)).statusCode).toBe(200);
  expect((await with_('Bearer another')).statusCode).toBe(401);
  expect((await with_()).statusCode).toBe(401);
  expect((await metrics({ token: TOKEN })).statusCode).toBe(401);
});

test('waiting acts, flags and open tasks are counted', async () => {
  const tenant = await db.prisma.tenant.findFirstOrThrow();
  const practiceId = randomUUID();
  await db.prisma.practice.create({
    data: {
      id: practiceId,
      tenantId: tenant.id,
      serviceCode: 'permesso-ztl',
      serviceVersion: 1,
      applicantId: randomUUID(),
      status: 'registering',
      createdAt: new Date(),
      changedAt: new Date(),
      attention: ['registrationUncertain'],
      salt: 'x',
    },
  });
  const task = { tenantId: tenant.id, practiceId, reason: 'registrationUncertain', detail: {}, openedAt: new Date() };
  await db.prisma.operatorTask.create({ data: { id: randomUUID(), ...task } });
  const id = randomUUID();
  await db.prisma.inboxRow.create({
    data: {
      id,
      tenantId: tenant.id,
      practiceId,
      kind: 'act',
      type: 'takeCharge',
      actorKey: 'account:x',
      actorRole: 'operator',
      idempotencyKey: id,
      bodySha256: '0'.repeat(64),
      payload: {},
      attempts: 1,
      receivedAt: new Date(Date.now() - 90_000),
    },
  });
  const text = metricsText(await metricsReader(db, systemClock)());
  expect(text).toContain('iter_inbox_waiting_rows{kind="act"} 1\n');
  expect(Number(/^iter_inbox_oldest_seconds (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(90);
  expect(Number(/^iter_projection_lag_seconds (\d+)$/m.exec(text)?.[1])).toBeGreaterThanOrEqual(90);
  expect(text).toContain('iter_practices{status="registering"} 1\n');
  expect(text).toContain('iter_practices_attention{reason="registrationUncertain"} 1\n');
  expect(text).toContain('iter_operator_tasks_open{reason="registrationUncertain"} 1\n');
});

test('however often somebody asks, the database is asked once in ten seconds', async () => {
  const read = metricsReader(db, systemClock);
  expect(await read()).toBe(await read());
});

test('a database that is down is told as such, not as an error', async () => {
  const down = openDatabase('postgres://nobody@127.0.0.1:1/nothing', 2);
  const text = metricsText(await metricsReader(down, systemClock)());
  expect(text).toContain('iter_metrics_failed{metric="iter_practices"} 1\n');
  expect(text).not.toMatch(/^iter_practices\b/m);
  await down.close();
});

test('labels with quotes, backslashes and line ends stay one line', () => {
  const sample = { labels: { reason: 'a"b\\c\nd' }, value: 1 };
  expect(metricsText([{ name: 'x', help: 'y', samples: [sample] }])).toBe(
    '# HELP x y\n# TYPE x gauge\nx{reason="a\\"b\\\\c\\nd"} 1\n',
  );
});
