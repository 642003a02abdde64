import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EngineError } from '../../src/platform/engine/engine-error';
import { checkDatabaseVersion } from '../../src/platform/release';
import { version } from '../../src/platform/version';
import { freshDatabase, type TestDatabase } from '../support/database';

const MIGRATIONS = readdirSync(join(__dirname, '..', '..', 'prisma', 'migrations'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const [FIRST = '', SECOND = ''] = MIGRATIONS;

let db: TestDatabase;

beforeEach(async () => {
  db = await freshDatabase();
});
afterEach(() => db.drop());

async function refusal() {
  const error: unknown = await checkDatabaseVersion(db.pool).then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof EngineError)) throw error;
  return { code: error.code, message: error.message, remedy: error.remedy };
}

const behind = (names: readonly string[]) => ({
  code: 'engine.database_behind',
  message: `The database is not that of release ${version}: ${names.length} of its ${MIGRATIONS.length} migrations are missing (${names.join(', ')}).`,
  remedy: 'Run npx iter migrate with this release, then start again.',
});

test('the database of this release is the right one', async () => {
  expect(await checkDatabaseVersion(db.pool)).toEqual([]);
});

test('an empty database lacks everything', async () => {
  await db.pool.query('DROP TABLE _prisma_migrations');
  expect(await refusal()).toEqual(behind(MIGRATIONS));
});

test('a migration that did not end, and one that was taken back, are missing', async () => {
  const set = (what: string, name: string) =>
    db.pool.query(`UPDATE _prisma_migrations SET ${what} WHERE migration_name = $1`, [name]);
  await set('finished_at = NULL', FIRST);
  await set('rolled_back_at = now()', SECOND);
  expect(await refusal()).toEqual(behind([FIRST, SECOND]));
});

test('migrations of a later release are welcome and named, because migrations expand first', async () => {
  for (const name of ['20991231000001_b', '20991231000000_a']) {
    await db.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, '', $1, now(), now(), 1)`,
      [name],
    );
  }
  expect(await checkDatabaseVersion(db.pool)).toEqual(['20991231000000_a', '20991231000001_b']);
});
