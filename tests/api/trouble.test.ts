import { troubleOf } from '../../src/api/trouble';
import { type Database, openDatabase } from '../../src/platform/database';
import { DATABASE_LIMITS } from '../../src/platform/database-limits';
import { freshDatabase, type TestDatabase } from '../support/database';
import { Barrier } from '../support/until';

let db: TestDatabase;
let impatient: Database;
const ready = new Barrier();
const locked = new Barrier();

beforeAll(async () => {
  db = await freshDatabase();
  const limits = { ...DATABASE_LIMITS.api, lockMs: 50, statementMs: 200 };
  impatient = openDatabase(db.url, 2, () => undefined, limits);
});
afterAll(async () => {
  await impatient.close();
  await db.drop();
});

/** Runs something while another transaction has locked every tenant, and gives the error it ends with. */
async function whileLocked(work: () => Promise<unknown>): Promise<unknown> {
  const lock = await db.pool.connect();
  try {
    await lock.query('BEGIN');
    await lock.query('SELECT 1 FROM tenant FOR UPDATE');
    return await work().then(
      () => 'no error',
      (error: unknown) => error,
    );
  } finally {
    await lock.query('ROLLBACK');
    lock.release();
  }
}

test('a lock held too long is too much work, whichever way the statement was sent', async () => {
  const { prisma, pool } = impatient;
  const found = await Promise.all(
    [
      () => prisma.tenant.updateMany({ data: { name: 'x' } }),
      () => prisma.$executeRaw`UPDATE tenant SET name = 'x'`,
      () => prisma.$transaction((tx) => tx.$executeRaw`UPDATE tenant SET name = 'x'`),
      () => pool.query(`UPDATE tenant SET name = 'x'`),
    ].map((work) => whileLocked(work)),
  );
  expect(found.map((error) => troubleOf(error))).toEqual(Array(4).fill('OVERLOADED'));
});

test('a COMMIT that may not wait any longer is too much work, and has written nothing', async () => {
  const writer = impatient.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`CREATE TEMPORARY TABLE held (id int UNIQUE DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP`;
    await tx.$executeRaw`CREATE FUNCTION pg_temp.wait_for_tenants() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN PERFORM 1 FROM public.tenant FOR UPDATE; RETURN NULL; END'`;
    await tx.$executeRaw`CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON held DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION pg_temp.wait_for_tenants()`;
    await tx.$executeRaw`INSERT INTO held VALUES (1)`;
    await tx.$executeRaw`INSERT INTO counter (tenant_id, name, year, last) SELECT id, 'held', 2026, 1 FROM tenant`;
    ready.release();
    await locked.wait();
  });
  writer.catch(() => undefined);
  await ready.wait();
  const error = await whileLocked(() => {
    locked.release();
    return writer;
  });
  expect(troubleOf(error)).toBe('OVERLOADED');
  expect(await db.prisma.counter.count({ where: { name: 'held' } })).toBe(0);
});

test('a statement that takes too long is too much work', async () => {
  const error = await impatient.prisma.$queryRaw`SELECT pg_sleep(5)::text`.catch((failed: unknown) => failed);
  expect(troubleOf(error)).toBe('OVERLOADED');
});

test('a mistake of ours is none', async () => {
  const error = await impatient.prisma.$queryRaw`SELECT nothing FROM nowhere`.catch((failed: unknown) => failed);
  expect(troubleOf(error)).toBeUndefined();
});
