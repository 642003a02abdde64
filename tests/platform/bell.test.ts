import pg from 'pg';
import { ringAfter } from '../../src/platform/bell';
import { freshDatabase, type TestDatabase } from '../support/database';
import { until } from '../support/until';

let db: TestDatabase;
let listener: pg.Client;
let heard: string[];

beforeAll(async () => {
  db = await freshDatabase();
  listener = new pg.Client({ connectionString: db.url });
  await listener.connect();
  await listener.query('LISTEN iter_outcome');
  listener.on('notification', ({ payload }) => heard.push(payload ?? ''));
});
beforeEach(() => {
  heard = [];
});
afterAll(async () => {
  await listener.end();
  await db.drop();
});

const hears = (payload: string) => until(`"${payload}" to be heard`, async () => heard.includes(payload));

test('what a transaction rings is heard once it has committed, each word once', async () => {
  await db.transaction(async (tx) => {
    for (const payload of ['a', 'b', 'a']) ringAfter(tx, 'iter_outcome', payload);
    await tx.$queryRaw`SELECT 1`;
    expect(heard).toEqual([]);
  });
  await hears('b');
  expect(heard.sort()).toEqual(['a', 'b']);
});

test('what is rolled back is not heard', async () => {
  const failed = db.transaction(async (tx) => {
    ringAfter(tx, 'iter_outcome', 'never');
    throw new Error('rolled back');
  });
  await expect(failed).rejects.toThrow('rolled back');
  await db.transaction(async (tx) => ringAfter(tx, 'iter_outcome', 'afterwards'));
  await hears('afterwards');
  expect(heard).toEqual(['afterwards']);
});

test('a transaction begun elsewhere can not ring, and says so', async () => {
  const failed = db.prisma.$transaction(async (tx) => ringAfter(tx, 'iter_outcome', 'x'));
  await expect(failed).rejects.toThrow('whoever rings must be in a transaction begun by `Database.transaction`');
});
