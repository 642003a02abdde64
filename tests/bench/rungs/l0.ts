import pg from 'pg';
import type { Ground, Rung } from './rung';

const CONNECTIONS = 64;

/** L0: one row inserted and committed. What disk and PostgreSQL can do at most. */
export async function l0({ createDatabase }: Ground): Promise<Rung> {
  const pool = new pg.Pool({ connectionString: await createDatabase('bench_rows'), max: CONNECTIONS });
  await pool.query(`CREATE TABLE row (id bigserial PRIMARY KEY, practice uuid NOT NULL, content text NOT NULL)`);
  const insert = {
    name: 'insert',
    text: 'INSERT INTO row (practice, content) VALUES (gen_random_uuid(), $1)',
    values: ['x'.repeat(200)],
  };
  return {
    live: async () => {
      const begunAt = performance.now();
      await pool.query(insert);
      const endedAt = performance.now();
      return { begunAt, endedAt, submitMs: endedAt - begunAt };
    },
    stop: () => pool.end(),
  };
}
