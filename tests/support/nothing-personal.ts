import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { until } from './until';

/** Where Temporal keeps what it knows: the file of the development server, or the databases of a cluster. */
export type TemporalStore = { readonly sqliteFile: string } | { readonly postgresUrls: readonly string[] };

/** What builders and fault tests write into every ZTL application and its acts; none of it may reach the engine. */
export const PERSONAL_MARKS: readonly string[] = [
  'BNCGLI85T50D612A',
  'giulia.bianchi@',
  'Bianchi',
  'Via Garibaldi 12',
  'AB123CD',
  'Fiat Panda',
  'Il veicolo non risulta intestato',
  'Serve una foto del veicolo',
  'Pagato in contanti',
];

/**
 * I7: searches everything that Temporal has written, whole, for marks that only a person's data hold. `known` must be
 * found there (an id of the run), or the absence of the rest would prove nothing.
 * @throws Error naming each mark and where it was found.
 */
export async function checkNothingPersonal(
  store: TemporalStore,
  known: string,
  marks: readonly string[] = PERSONAL_MARKS,
): Promise<void> {
  const places = 'sqliteFile' in store ? sqlitePlaces(store.sqliteFile) : postgresPlaces(store.postgresUrls);
  await until(`${known} to be in Temporal's database`, async () => (await places(known)).length > 0, 10_000);
  const found: string[] = [];
  for (const mark of marks) {
    for (const form of formsOf(mark))
      for (const place of await places(form)) found.push(`${mark} (${form}) in ${place}`);
  }
  if (found.length > 0) throw new Error(`I7 personal data in Temporal's database:\n  ${found.join('\n  ')}`);
}

/** As it is, as an address carries it, and as base64 carries it at each of the three places where it may begin. */
function formsOf(mark: string): readonly string[] {
  const shifted = [0, 1, 2].map((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(mark)]);
    // Characters at the ends also depend on the neighbours.
    return bytes
      .toString('base64')
      .replaceAll('=', '')
      .slice(Math.ceil((shift * 8) / 6), -1);
  });
  return [...new Set([mark, encodeURIComponent(mark), ...shifted.filter((form) => form.length >= 8)])];
}

type Places = (text: string) => Promise<readonly string[]>;

function sqlitePlaces(file: string): Places {
  const files = ['', '-wal'].map((suffix) => `${file}${suffix}`).filter((path) => existsSync(path));
  return async (text) => files.filter((path) => lowered(readFileSync(path)).includes(text.toLowerCase()));
}

function lowered(bytes: Buffer): string {
  return bytes.toString('latin1').toLowerCase();
}

function postgresPlaces(urls: readonly string[]): Places {
  return async (text) => (await Promise.all(urls.map((url) => postgresColumns(url, text)))).flat();
}

/** Columns of a database in which a text occurs; bytes are read as they are. */
async function postgresColumns(url: string, text: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ place: string; table: string; column: string; bytes: boolean }>(
      `SELECT table_name || '.' || column_name AS place, quote_ident(table_schema) || '.' || quote_ident(table_name) AS table,
         quote_ident(column_name) AS column, data_type = 'bytea' AS bytes
       FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'
         AND data_type IN ('bytea', 'text', 'character varying', 'character', 'jsonb', 'json', 'ARRAY', 'tsvector')`,
    );
    const found: string[] = [];
    for (const { place, table, column, bytes } of rows) {
      const value = bytes ? `encode(${column}, 'escape')` : `${column}::text`;
      const hit = await client.query(
        `SELECT 1 FROM ${table} WHERE position(lower($1) IN lower(${value})) > 0 LIMIT 1`,
        [text],
      );
      if (hit.rowCount) found.push(place);
    }
    return found;
  } finally {
    await client.end();
  }
}
