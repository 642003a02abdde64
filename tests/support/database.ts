import pg from 'pg';
import { forgetServices } from '../../src/application/services/catalogue';
import { type Database, openDatabase } from '../../src/platform/database';
import { TEMPLATE_DATABASE } from './constants';

export interface TestDatabase extends Database {
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

/** A database of one's own: a copy of the migrated, seeded template. */
export function freshDatabase(poolSize = 10): Promise<TestDatabase> {
  return copyOf(TEMPLATE_DATABASE, poolSize);
}

/** A database without any table. */
export function emptyDatabase(poolSize = 10): Promise<TestDatabase> {
  return copyOf('template0', poolSize);
}

async function copyOf(template: string, poolSize: number): Promise<TestDatabase> {
  const name = `test_${process.pid}_${Date.now().toString(36)}_${Math.floor(Math.random() * 1e6)}`;
  await asAdmin((client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  // The same tenant may have published other services in the database before.
  forgetServices();
  const url = new URL(adminUrl());
  url.pathname = `/${name}`;
  const db = openDatabase(url.toString(), poolSize);
  return {
    ...db,
    drop: async () => {
      await db.close();
      await asAdmin((client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

function adminUrl(): string {
  const url = process.env['ITER_TEST_POSTGRES_URL'];
  if (!url) throw new Error('run tests with `npm test`, which starts PostgreSQL');
  return url;
}

async function asAdmin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  // Copying needs a template that nobody uses at that moment: concurrent copies take turns.
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(4711)');
    await work(client);
  } finally {
    await client.end();
  }
}
