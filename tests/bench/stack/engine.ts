import { join } from 'node:path';
import pg from 'pg';
import { loadConfig } from '../../../src/platform/config';
import { resolveClusterBinaries } from '../../../src/platform/engine/cluster/binaries';
import { startCluster } from '../../../src/platform/engine/cluster/server';
import { type EmbeddedPostgres, startPostgres } from '../../../src/platform/engine/postgres';
import type { EmbeddedTemporal } from '../../../src/platform/engine/temporal-server';
import { freePorts } from './ports';
import { cpuSeconds } from './proc';

export const NAMESPACE = 'iter-bench';
/** Who only watches: its statements are not the product's and are not counted. */
export const WATCHER_ROLE = 'bench_watcher';
const WATCHER_PASSWORD = 'watches-only';

/** What the embedded PostgreSQL does not set by itself; shown in the report beside what it does. */
const SETTINGS: Readonly<Record<string, string>> = {
  shared_preload_libraries: 'pg_stat_statements',
  synchronous_commit: 'on',
  // Commit instants of rows, by the database's own clock.
  track_commit_timestamp: 'on',
  // With the default, checkpoints forced by volume would hit one window and spare the next.
  max_wal_size: '4GB',
};

/** PostgreSQL and, on it, the production Temporal server. */
export interface Engine {
  readonly postgres: EmbeddedPostgres;
  readonly temporal: { readonly address: string; readonly namespace: string };
  temporalPid(): number;
  /** CPU seconds that both have used so far. */
  cpuSeconds(): number;
  /** Makes a database of the product's and answers its URL. */
  createDatabase(name: string, template?: string): Promise<string>;
  /** The same database for whoever only watches. */
  watcherUrl(databaseUrl: string): string;
  /** `kill -9` of the Temporal server; answers when it is up again. */
  killTemporal(): Promise<void>;
}

/** Starts both in `dir`. Rejects, with what to do, when one does not come up. `later` is told how each is ended. */
export async function startEngine(
  dir: string,
  say: (line: string) => void,
  later: (end: () => Promise<unknown>) => void,
): Promise<Engine> {
  const { cache } = loadConfig();
  const [postgresPort = 0, temporalPort = 0] = await freePorts(2);
  const place = { dataDir: join(dir, 'postgres'), cacheDir: cache, port: postgresPort };
  const binaries = await resolveClusterBinaries({ ...clusterPaths(), cacheDir: cache, onProgress: say });
  await configure(await startPostgres({ ...place, onProgress: say }));
  const postgres = await startPostgres(place);
  later(() => postgres.stop());
  await administer(postgres.url, [
    'CREATE EXTENSION IF NOT EXISTS pg_stat_statements',
    `CREATE ROLE ${WATCHER_ROLE} LOGIN PASSWORD '${WATCHER_PASSWORD}' IN ROLE pg_read_all_data`,
  ]);
  const start = (): Promise<EmbeddedTemporal> =>
    startCluster({
      binaries,
      postgresUrl: postgres.url,
      port: temporalPort,
      namespace: NAMESPACE,
      logFile: join(dir, 'temporal.log'),
    });
  let temporal = await start();
  later(() => temporal.stop());
  return {
    postgres,
    temporal: { address: temporal.address, namespace: NAMESPACE },
    temporalPid: () => temporal.pid,
    cpuSeconds: () => cpuSeconds(postgres.pid) + cpuSeconds(temporal.pid),
    createDatabase: (name, template) => postgres.createDatabase(name, template),
    watcherUrl: (databaseUrl) => {
      const url = new URL(databaseUrl);
      url.username = WATCHER_ROLE;
      url.password = WATCHER_PASSWORD;
      return url.toString();
    },
    killTemporal: async () => {
      process.kill(temporal.pid, 'SIGKILL');
      await temporal.exited;
      temporal = await start();
    },
  };
}

/** Programs of the Temporal server that somebody has named; otherwise they come from the cache or are built. */
function clusterPaths() {
  const serverPath = process.env['TEMPORAL_SERVER_PATH'];
  const sqlToolPath = process.env['TEMPORAL_SQL_TOOL_PATH'];
  return { ...(serverPath && { serverPath }), ...(sqlToolPath && { sqlToolPath }) };
}

/** Leaves the settings with the data and stops the server: they count from the next start. */
async function configure(postgres: EmbeddedPostgres): Promise<void> {
  await administer(
    postgres.url,
    Object.entries(SETTINGS).map(([name, value]) => `ALTER SYSTEM SET ${name} = '${value}'`),
  );
  await postgres.stop();
}

async function administer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
