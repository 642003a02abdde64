import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../../src/platform/version';
import { TEST_NAMESPACE } from '../../support/constants';
import { freshDatabase, type TestDatabase } from '../../support/database';
import { answerOn, portOf } from '../../support/late-server';
import { freePort, type ProductProcess, runProduct } from '../../support/processes';
import { refused } from '../../support/refused';
import { until } from '../../support/until';

const MIGRATIONS = readdirSync(join(__dirname, '..', '..', '..', 'prisma', 'migrations'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const LAST = MIGRATIONS.at(-1) ?? '';
const REMEDY = 'Run npx iter migrate with this release, then start again. [engine.database_behind]';

const home = mkdtempSync(join(tmpdir(), 'iter-version-'));
let db: TestDatabase;
let running: ProductProcess | undefined;

beforeEach(async () => {
  db = await freshDatabase();
});
afterEach(async () => {
  await running?.kill();
  running = undefined;
  await db.drop();
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function environment(databaseUrl = db.url) {
  return {
    ITER_HOME: home,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: process.env['ITER_TEST_TEMPORAL'] ?? '',
    TEMPORAL_NAMESPACE: TEST_NAMESPACE,
    ITER_API_PORT: String(await freePort()),
    ITER_WORKER_HEALTH_PORT: String(await freePort()),
    ITER_LOG_LEVEL: 'warn',
  };
}

const readyUrl = (command: string, env: Record<string, string>) =>
  `http://127.0.0.1:${env[command === 'api' ? 'ITER_API_PORT' : 'ITER_WORKER_HEALTH_PORT']}/ready`;

test.each(['api', 'worker'])(
  '%s ends at once where a migration of its release is missing, and names it',
  async (command) => {
    await db.pool.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [LAST]);
    const behind = `1 of its ${MIGRATIONS.length} migrations are missing (${LAST})`;
    expect(await refused(command, { ...(await environment()), ITER_LOG_LEVEL: 'silent' })).toEqual({
      code: 1,
      output: `The database is not that of release ${version}: ${behind}.\n${REMEDY}`,
    });
  },
);

test('a worker works on the database of a newer release, and its log says so', async () => {
  await db.pool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ('later', '', '20991231000000_of_a_later_release', now(), now(), 1)`,
  );
  const env = await environment();
  running = await runProduct('worker', env, readyUrl('worker', env));
  const told =
    running
      .output()
      .split('\n')
      .find((line) => line.includes('newer release')) ?? '{}';
  expect(JSON.parse(told)).toMatchObject({
    level: 'warn',
    migrations: ['20991231000000_of_a_later_release'],
    msg: 'the database is that of a newer release: update this process soon',
  });
});

test('an API waits for a database that does not answer, and ends when it turns out to be one that was not migrated', async () => {
  await db.pool.query('DELETE FROM _prisma_migrations WHERE migration_name = $1', [LAST]);
  const port = await freePort();
  const url = new URL(db.url);
  url.port = String(port);
  const env = await environment(url.toString());
  running = await runProduct('api', env, readyUrl('api', env).replace('/ready', '/health'));
  expect((await fetch(readyUrl('api', env))).status).toBe(503);
  await until('the first attempt', () => running?.output().includes('does not answer yet'), 60_000);
  const silence = await answerOn(port, portOf(db.url));
  try {
    expect(await running.ended).toEqual({ code: 1, signal: null });
    const behind = `1 of its ${MIGRATIONS.length} migrations are missing (${LAST})`;
    expect(running.output()).toContain(`The database is not that of release ${version}: ${behind}.\n${REMEDY}\n`);
  } finally {
    await silence();
  }
});
