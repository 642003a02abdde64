import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { startFromSnapshot } from '../../../src/application/inbox/start';
import type { Database } from '../../../src/platform/database';
import { inParallel } from '../load';

const BATCH = 1_000;
/** Starts under way at once: more would only wait in the engine. */
const STARTS = 48;

/** What becomes of a column in a copy, as SQL; `new.id` is the copy, `$1` the practice that is copied. */
type Changes = Readonly<Record<string, string>>;

const RENAMED = `replace(snapshot::text, $1::text, new.id::text)::jsonb`;
const TABLES: Readonly<Record<string, { readonly of: string; readonly only?: string; readonly changes: Changes }>> = {
  practice: { of: 'id', changes: { id: 'new.id', code: 'NULL', snapshot: RENAMED } },
  draft: { of: 'practice_id', changes: { practice_id: 'new.id' } },
  practice_event: { of: 'practice_id', changes: { practice_id: 'new.id' } },
  inbox: {
    of: 'practice_id',
    only: `inbox.type = 'createDraft'`,
    changes: { id: 'gen_random_uuid()', practice_id: 'new.id', idempotency_key: 'gen_random_uuid()::text' },
  },
};

/**
 * Copies a practice that is at rest, row by row, as often as wanted: opening thousands through the API takes longer than
 * whatever is to be measured afterwards. Answers the ids. The copies have no workflow yet; see `startCopies`.
 */
export async function copyPractice(databaseUrl: string, practice: string, count: number): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const ids = Array.from({ length: count }, () => randomUUID());
    for (let from = 0; from < ids.length; from += BATCH) {
      const batch = ids.slice(from, from + BATCH);
      for (const table of Object.keys(TABLES)) await copyRows(client, table, practice, batch);
    }
    return ids;
  } finally {
    await client.end();
  }
}

async function copyRows(client: pg.Client, table: string, practice: string, ids: readonly string[]): Promise<void> {
  const { of = '', only = 'true', changes = {} } = TABLES[table] ?? {};
  const { rows } = await client.query<{ name: string }>(
    // What the database numbers by itself it numbers in the copies, too.
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'
       AND coalesce(column_default, '') NOT LIKE 'nextval%'`,
    [table],
  );
  const names = rows.map(({ name }) => name);
  const values = names.map((name) => changes[name] ?? `${table}."${name}"`);
  await client.query(
    `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')})
     SELECT ${values.join(', ')} FROM ${table}, unnest($2::uuid[]) AS new (id)
     WHERE ${table}.${of} = $1::uuid AND ${only}`,
    [practice, ids],
  );
}

/**
 * Gives copies their workflows, each begun from its snapshot: the same door by which an engine that lost its data is
 * filled again (`iter engine rebuild`). Ends early, with what it has reached, when `limitMs` have passed.
 * @returns how many were started
 */
export async function startCopies(
  db: Database,
  client: Client,
  publicUrl: string,
  ids: readonly string[],
  limitMs = Number.POSITIVE_INFINITY,
): Promise<number> {
  const until = performance.now() + limitMs;
  let started = 0;
  await inParallel(ids, STARTS, async (id) => {
    if (performance.now() > until) return;
    await startFromSnapshot(db, client, { taskQueue: 'practice', publicUrl }, id);
    started += 1;
  });
  return started;
}
