import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { seedDemo } from '../../src/application/seed';
import { systemClock } from '../../src/platform/clock';
import { loadConfig } from '../../src/platform/config';
import { openDatabase } from '../../src/platform/database';
import { type EmbeddedPostgres, startPostgres } from '../../src/platform/engine/postgres';
import { resolveTemporalBinary } from '../../src/platform/engine/temporal-binary';
import { type EmbeddedTemporal, startTemporal } from '../../src/platform/engine/temporal-server';
import { applyMigrations } from '../../src/platform/migrate';
import { provisionTemporal } from '../../src/platform/temporal/provision';
import { SECOND_TENANT, TEMPLATE_DATABASE, TEST_NAMESPACE } from './constants';
import { resolveTestServer } from './test-server';

export interface Engine {
  readonly postgres: EmbeddedPostgres;
  readonly temporal: EmbeddedTemporal;
}

/** Starts the real PostgreSQL and the real Temporal server that all test files share. */
export default async function globalSetup(): Promise<void> {
  const config = loadConfig();
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const home = mkdtempSync(join(tmpdir(), 'iter-test-'));
  const [postgres, temporal, testServer] = await Promise.all([
    freePort().then((port) =>
      startPostgres({ dataDir: join(home, 'postgres'), cacheDir: config.cache, port, onProgress: say }),
    ),
    startEngine(config.cache, config.temporal.cliPath, home, say),
    resolveTestServer({ cacheDir: config.cache, onProgress: say }),
  ]);
  const url = await postgres.createDatabase(TEMPLATE_DATABASE);
  await applyMigrations(url);
  const db = openDatabase(url, 2);
  await seedDemo(db, systemClock);
  await seedDemo(db, systemClock, SECOND_TENANT);
  const { rows } = await db.pool.query<{ server_version: string }>('SHOW server_version');
  await db.close();
  const versions = { postgres: rows[0]?.server_version, temporal: temporal.serverVersion };
  process.env['ITER_TEST_VERSIONS'] = JSON.stringify(versions);
  process.env['ITER_TEST_POSTGRES_URL'] = postgres.url;
  process.env['ITER_TEST_TEMPORAL'] = temporal.address;
  process.env['ITER_TEST_TEMPORAL_BINARY'] = temporal.binary;
  process.env['ITER_TEST_SERVER'] = testServer ?? '';
  process.env['ITER_TEST_CACHE'] = config.cache;
  (globalThis as { iterEngine?: Engine }).iterEngine = { postgres, temporal };
}

async function startEngine(cacheDir: string, cliPath: string | undefined, home: string, say: (line: string) => void) {
  const binary = await resolveTemporalBinary({ cliPath, cacheDir, onProgress: say });
  const port = await freePort();
  const logFile = join(home, 'temporal.log');
  const temporal = await startTemporal({ binary: binary.path, port, namespace: TEST_NAMESPACE, logFile });
  await provisionTemporal({ address: temporal.address, namespace: TEST_NAMESPACE });
  const connection = await Connection.connect({ address: temporal.address });
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  await connection.close();
  return { ...temporal, binary: binary.path, serverVersion };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
