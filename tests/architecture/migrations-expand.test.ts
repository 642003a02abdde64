import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../src/platform/version';
import { contracting } from './contracting';
import { ROOT } from './support';

const MIGRATIONS = join(ROOT, 'prisma', 'migrations');

const names = readdirSync(MIGRATIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(names)('%s leaves the release before what it reads and writes', (name) => {
  expect(contracting(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'), version)).toEqual([]);
});

/** What the release before could not live with, and what is said of it. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['DROP TABLE "note"', 'DROP TABLE takes away what may be used'],
  ['DROP VIEW overview', 'DROP VIEW takes away what may be used'],
  ['drop function if exists "refuse_change"', 'DROP FUNCTION takes away what may be used'],
  ['DROP EXTENSION pg_trgm', 'DROP EXTENSION takes away what may be used'],
  ['TRUNCATE "telling"', 'TRUNCATE takes away what may be used'],
  ['REVOKE INSERT ON "note" FROM iter_app', 'REVOKE takes away what may be used'],
  ['ALTER TABLE "account" DROP COLUMN "phone"', 'DROP COLUMN takes away what may be read on account'],
  ['ALTER TABLE account * DROP phone', 'DROP COLUMN takes away what may be read on account'],
  ['ALTER TABLE account DROP IF EXISTS phone', 'DROP COLUMN takes away what may be read on account'],
  [
    'ALTER TABLE ONLY "public"."account" ADD COLUMN "a" TEXT, DROP COLUMN "phone"',
    'DROP COLUMN takes away what may be read on account',
  ],
  ['ALTER TABLE "account" RENAME COLUMN "phone" TO "mobile"', 'RENAME takes away the old name on account'],
  ['ALTER TABLE "note" RENAME TO "remark"', 'RENAME takes away the old name on note'],
  ["ALTER TYPE kind RENAME VALUE 'a' TO 'b'", 'RENAME takes away the old name'],
  ['ALTER TABLE public.note SET SCHEMA old', 'SET SCHEMA takes away the old name on note'],
  ['ALTER TABLE "note" ENABLE ROW LEVEL SECURITY', 'ROW LEVEL SECURITY hides rows on note'],
  ['ALTER TABLE "account" ALTER COLUMN "phone" SET NOT NULL', 'SET NOT NULL refuses what was allowed on account'],
  [
    'ALTER TABLE "account" ALTER COLUMN "language" DROP DEFAULT',
    'DROP DEFAULT refuses rows that leave the column out on account',
  ],
  [
    'ALTER TABLE "payment" ALTER COLUMN "amount_cents" SET DATA TYPE BIGINT',
    'another TYPE is read and written otherwise on payment',
  ],
  ['alter table payment alter amount_cents type bigint', 'another TYPE is read and written otherwise on payment'],
  [
    'ALTER TABLE "account" ADD COLUMN "pin" VARCHAR(4) NOT NULL',
    'NOT NULL without DEFAULT refuses rows without pin on account',
  ],
  [
    'ALTER TABLE "account" ADD COLUMN IF NOT EXISTS "pin" TEXT PRIMARY KEY',
    'NOT NULL without DEFAULT refuses rows without pin on account',
  ],
  ['ALTER TABLE "account" ADD COLUMN "pin" TEXT UNIQUE DEFAULT \'0000\'', 'UNIQUE refuses what was allowed on account'],
  [
    'ALTER TABLE "account" ADD CONSTRAINT "long" CHECK (length(username) > 3)',
    'ADD CONSTRAINT refuses what was allowed on account',
  ],
  [
    'ALTER TABLE "note" ADD CONSTRAINT "note_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "account"("id")',
    'ADD CONSTRAINT refuses what was allowed on note',
  ],
  ['ALTER TABLE "account" ADD UNIQUE ("email")', 'ADD CONSTRAINT refuses what was allowed on account'],
  [
    'CREATE UNIQUE INDEX "account_email_key" ON "account"("email")',
    'CREATE UNIQUE INDEX refuses what was allowed on account',
  ],
  [
    'ALTER TABLE "account" ADD COLUMN "pin" TEXT; CREATE UNIQUE INDEX CONCURRENTLY x ON "account"("pin") NULLS NOT DISTINCT',
    'CREATE UNIQUE INDEX refuses what was allowed on account',
  ],
  [
    'DROP INDEX "outbox_practice_id_seq_key"',
    'DROP INDEX outbox_practice_id_seq_key takes away what ON CONFLICT may need',
  ],
  [
    'ALTER TABLE "stamp" DROP CONSTRAINT IF EXISTS "stamp_pkey"',
    'DROP CONSTRAINT stamp_pkey takes away what ON CONFLICT may need',
  ],
  [
    'CREATE TRIGGER "t" BEFORE UPDATE ON "draft" FOR EACH ROW EXECUTE FUNCTION "refuse_change"()',
    'CREATE TRIGGER may refuse or change what is written to draft',
  ],
  ["DO $$ BEGIN EXECUTE 'DROP TABLE note'; END $$", 'DO hides what it does'],
];

test.each(REFUSED)('refused: %s', (sql, why) => {
  expect(contracting(`${sql};\n`, '0.4.0')).toEqual([`line 1: ${why}`]);
});

/** What the release before does not notice. */
const ALLOWED: readonly string[] = [
  'CREATE TABLE "fresh" ("id" UUID NOT NULL, CONSTRAINT "fresh_pkey" PRIMARY KEY ("id"))',
  'CREATE INDEX "a" ON "account"("email")',
  'DROP INDEX "account_tenant_id_tax_code_idx"',
  'ALTER INDEX "a" RENAME TO "b"',
  'ALTER TABLE "account" ADD COLUMN "pin" TEXT',
  'ALTER TABLE "account" ADD COLUMN "pin" TEXT NOT NULL DEFAULT \'0000\', ADD COLUMN "x" NUMERIC(10, 2)',
  'ALTER TABLE "account" ADD COLUMN "n" BIGSERIAL NOT NULL',
  'ALTER TABLE "account" ADD COLUMN "upper" TEXT NOT NULL GENERATED ALWAYS AS (upper(username)) STORED',
  'ALTER TABLE "account" ALTER COLUMN "phone" DROP NOT NULL',
  'ALTER TABLE "account" ALTER COLUMN "phone" SET DEFAULT \'-\'',
  'ALTER TABLE "inbox" ALTER COLUMN "type" SET DEFAULT \'act\'',
  'ALTER TABLE "note" DROP CONSTRAINT "note_author_id_fkey"',
  "ALTER TYPE kind ADD VALUE 'c'",
  'UPDATE "account" SET "phone" = \'; DROP TABLE note; --\'',
  'ALTER TABLE "account" ADD COLUMN "pin" TEXT; CREATE UNIQUE INDEX "k" ON "account"("tenant_id", "pin")',
  'ALTER TABLE "account" ADD COLUMN "pin" TEXT; ALTER TABLE "account" ADD CONSTRAINT "k" UNIQUE ("pin")',
  'CREATE TABLE "fresh" ("id" UUID); ALTER TABLE "fresh" ADD COLUMN "a" TEXT NOT NULL, ADD CHECK (a > \'\')',
  'CREATE TABLE "fresh" ("id" UUID); CREATE UNIQUE INDEX "k" ON "fresh"("id")',
  'CREATE TABLE "fresh" ("id" UUID); CREATE TRIGGER "t" BEFORE DELETE ON "fresh" EXECUTE FUNCTION "refuse_change"()',
  'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN DROP TABLE note; RETURN NULL; END $f$',
  '-- DROP TABLE "note";\n/* DROP TABLE "note"; */ CREATE INDEX "drop table note" ON "note"("id")',
  'UPDATE "note" SET "text" = \'C:\\\'; CREATE INDEX a ON "note"("id")',
];

test.each(ALLOWED)('allowed: %s', (sql) => {
  expect(contracting(`${sql};\n`, '0.4.0')).toEqual([]);
});

const DROP = 'ALTER TABLE "account" DROP COLUMN "phone";';

test('the contract step: a comment before the statement names a release, already made, that stopped using it', () => {
  const said = '-- Contract: "account"."phone" is not used\n-- since release 0.3.0.\n';
  expect(contracting(`${said}${DROP}`, '0.4.0')).toEqual([]);
  expect(contracting(`${said}${DROP}`, '0.10.0')).toEqual([]);
});

test('the release that brings the migration is no reason: the one before still runs beside it', () => {
  const said = '-- Contract: not used since release 0.4.0.\n';
  expect(contracting(`${said}${DROP}`, '0.4.0')).toEqual([
    'line 2: DROP COLUMN takes away what may be read on account; release 0.4.0 is not older than 0.4.0, which runs beside the one before',
  ]);
});

test('a comment that names no release, or stands before another statement, excuses nothing', () => {
  const refused = 'DROP COLUMN takes away what may be read on account';
  expect(contracting(`-- Contract: not used any more.\n${DROP}`, '0.4.0')).toEqual([`line 2: ${refused}`]);
  expect(contracting(`-- Not used since release 0.3.0.\n${DROP}`, '0.4.0')).toEqual([`line 2: ${refused}`]);
  expect(contracting(`-- Contract: since release 0.3.0.\n${DROP}\n${DROP}`, '0.4.0')).toEqual([`line 3: ${refused}`]);
});
