import { randomUUID } from 'node:crypto';
import { claimRows } from '../../src/application/inbox/claims';
import { freshDatabase, type TestDatabase } from '../support/database';

let db: TestDatabase;
beforeEach(async () => {
  db = await freshDatabase();
});
afterEach(() => db.drop());

const OURS = randomUUID();
const THEIRS = randomUUID();

/** An act that waits. Gives its practice. */
async function arrived(type: string, tenantId = OURS, practiceId: string = randomUUID()): Promise<string> {
  const receivedAt = new Date();
  await db.prisma.inboxRow.create({
    data: {
      id: randomUUID(),
      tenantId,
      practiceId,
      kind: 'act',
      type,
      actorKey: 'account:somebody',
      actorRole: 'citizen',
      idempotencyKey: randomUUID(),
      bodySha256: 'digest',
      payload: {},
      receivedAt,
    },
  });
  return practiceId;
}

const claimed = async (limit: number) =>
  (await claimRows(db, limit)).rows.map(({ practiceId, type }) => `${type} ${practiceId}`);

test('what practices under way wait for is taken before new ones, which come after as they arrived', async () => {
  const first = await arrived('submit');
  const second = await arrived('createDraft');
  const desk = await arrived('approve');
  expect(await claimed(1)).toEqual([`approve ${desk}`]);
  expect(await claimed(1)).toEqual([`submit ${first}`]);
  expect(await claimed(5)).toEqual([`createDraft ${second}`]);
});

test('of one practice only the oldest act is taken', async () => {
  const practice = await arrived('submit');
  await arrived('takeCharge', OURS, practice);
  expect(await claimed(5)).toEqual([`submit ${practice}`]);
  expect(await claimed(5)).toEqual([]);
});

test('the burst of one body does not keep another waiting', async () => {
  for (let n = 0; n < 5; n += 1) await arrived('submit');
  const other = await arrived('submit', THEIRS);
  expect(await claimed(2)).toContain(`submit ${other}`);
});

test('in a rush new practices are held back, and what others wait for is not', async () => {
  for (let n = 0; n < 5; n += 1) await arrived('submit');
  for (let n = 0; n < 3; n += 1) await arrived('approve');
  const claim = await claimRows(db, 8, 1);
  expect(claim.rows.map(({ type }) => type).sort()).toEqual(['approve', 'approve', 'approve', 'submit']);
  expect({ newRows: claim.newRows, waiting: claim.waiting }).toEqual({ newRows: 1, waiting: 5 });
  expect(await claimRows(db, 8, 0)).toEqual({ rows: [], newRows: 0, waiting: undefined });
});
