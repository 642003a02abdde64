import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provisionTemporal } from '../../src/platform/temporal/provision';
import { contracting } from '../architecture/contracting';
import { completeDraft } from '../support/builders';
import { buildSystem, type System } from '../support/system';
import { releaseBefore, settingsOf, THIS_RELEASE } from './support/releases';

const before = releaseBefore();
const homes: string[] = [];
const temporal = { address: process.env['ITER_TEST_TEMPORAL'] ?? '', namespace: `contracted-${process.pid}` };

beforeAll(() => provisionTemporal(temporal), 120_000);
afterAll(() => {
  before.end();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** What becomes of a draft at the API of the release before, once the database has been changed by more than this release changes it. */
async function draftAfter(sql: string): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'iter-contracted-'));
  homes.push(home);
  const system: System = await buildSystem({ temporal });
  await system.db.pool.query(sql);
  const { url: databaseUrl } = system.db;
  const api = await before.api(settingsOf({ home, databaseUrl, temporal, sandbox: system.sandbox }));
  try {
    await completeDraft(api.citizen);
    return 'made';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await api.process.kill();
    await system.stop();
  }
}

const ADDED = 'ALTER TABLE "practice" ADD COLUMN "channel" TEXT NOT NULL';

test('what is only added does not disturb the release before', async () => {
  const sql = `${ADDED} DEFAULT 'web'; CREATE TABLE "more" ("id" UUID PRIMARY KEY)`;
  expect(contracting(sql, THIS_RELEASE.version)).toEqual([]);
  expect(await draftAfter(sql)).toBe('made');
});

/** Each with what the lint says of it. */
const CONTRACTING: readonly (readonly [string, string])[] = [
  ['ALTER TABLE "practice" DROP COLUMN "language"', 'DROP COLUMN takes away what may be read on practice'],
  ['ALTER TABLE "practice" RENAME COLUMN "area" TO "zone"', 'RENAME takes away the old name on practice'],
  [ADDED, 'NOT NULL without DEFAULT refuses rows without channel on practice'],
  ['ALTER TABLE "practice" ALTER COLUMN "area" SET NOT NULL', 'SET NOT NULL refuses what was allowed on practice'],
];

test.each(CONTRACTING)('caught by the lint, and the release before would fail: %s', async (sql, said) => {
  expect(contracting(sql, THIS_RELEASE.version)).toEqual([`line 1: ${said}`]);
  expect(await draftAfter(sql)).toMatch(/^expected 201, got 500: \{.*"code":"INTERNAL"/);
});
