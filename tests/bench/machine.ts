import { execFileSync } from 'node:child_process';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { TEMPORAL_SERVER_VERSION } from '../../src/platform/engine/cluster/binaries';

const ROOT = join(__dirname, '..', '..');

export const machineSchema = z.strictObject({
  processor: z.string().min(1),
  cores: z.int().min(1),
  memoryGb: z.int().min(1),
  system: z.string().min(1),
  node: z.string().min(1),
  postgresql: z.string().min(1),
  temporal: z.string().min(1),
  /** Settings of PostgreSQL on which the figures depend. */
  settings: z.record(z.string(), z.string()),
});

export type Machine = z.infer<typeof machineSchema>;

const SETTINGS = ['fsync', 'synchronous_commit', 'shared_buffers', 'max_wal_size', 'max_connections'];

/** What the figures were measured on. */
export async function machineOf(postgresUrl: string): Promise<Machine> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; value: string }>(
      `SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1) ORDER BY name`,
      [SETTINGS],
    );
    const { rows: versions } = await client.query<{ server_version: string }>('SHOW server_version');
    return {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${release()}`,
      node: process.version,
      postgresql: versions[0]?.server_version ?? 'unknown',
      temporal: TEMPORAL_SERVER_VERSION,
      settings: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    };
  } finally {
    await client.end();
  }
}

/** The commit that was measured; a plus says that files differ from it. */
export function commitOf(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return 'unknown: not a clone';
  }
}
