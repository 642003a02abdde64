import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config';
import { resolveClusterBinaries, TEMPORAL_SERVER_VERSION } from '../platform/engine/cluster/binaries';
import { startCluster } from '../platform/engine/cluster/server';
import { resolveUi, startUi } from '../platform/engine/cluster/ui';
import { startPostgres } from '../platform/engine/postgres';
import type { Supervisor } from '../platform/engine/supervisor';
import { resolveTemporalBinary } from '../platform/engine/temporal-binary';
import { startTemporal } from '../platform/engine/temporal-server';
import { line } from './terminal';

/** Both at once: a first start of one takes as long as one of the other. The production server needs the database. */
export async function startEngine(
  supervisor: Supervisor,
  config: Config,
  signal: AbortSignal,
): Promise<readonly [string, string]> {
  const database = config.database.embedded ? keepPostgres(supervisor, config) : Promise.resolve(config.database.url);
  const { embedded, address, engine } = config.temporal;
  const temporal = !embedded
    ? address
    : engine === 'cluster'
      ? keepCluster(supervisor, config, database, signal)
      : keepTemporal(supervisor, config, signal);
  return Promise.all([database, temporal]);
}

async function keepCluster(
  supervisor: Supervisor,
  config: Config,
  database: Promise<string>,
  signal: AbortSignal,
): Promise<string> {
  const onProgress = (text: string) => line(`Temporal: ${text}`);
  line('Temporal …');
  const { port, uiPort, namespace, serverPath, sqlToolPath, uiPath } = config.temporal;
  const cache = { cacheDir: config.cache, onProgress, signal };
  const [postgresUrl, binaries, ui] = await Promise.all([
    database,
    resolveClusterBinaries({ serverPath, sqlToolPath, ...cache }),
    resolveUi({ uiPath, ...cache }),
  ]);
  const { address } = await supervisor.keep('temporal', () =>
    startCluster({ binaries, postgresUrl, port, namespace, logFile: supervisor.logFile('temporal') }),
  );
  onProgress(`production server ${TEMPORAL_SERVER_VERSION} (by ${binaries.from}) answers on ${address}`);
  if (ui !== undefined) {
    const directory = join(config.home, 'temporal-ui');
    const logFile = supervisor.logFile('temporal-ui');
    await supervisor.keep('temporal-ui', () =>
      startUi({ binary: ui, directory, port: uiPort, address, namespace, logFile }),
    );
  }
  return address;
}

async function keepPostgres(supervisor: Supervisor, config: Config): Promise<string> {
  const onProgress = (text: string) => line(`PostgreSQL: ${text}`);
  line('PostgreSQL …');
  const { url } = await supervisor.keep('postgresql', () =>
    startPostgres({
      dataDir: join(config.home, 'postgres'),
      cacheDir: config.cache,
      port: config.database.port,
      logFile: supervisor.logFile('postgresql'),
      onProgress,
    }),
  );
  onProgress(`answers on 127.0.0.1:${config.database.port}`);
  return url;
}

async function keepTemporal(supervisor: Supervisor, config: Config, signal: AbortSignal): Promise<string> {
  const onProgress = (text: string) => line(`Temporal: ${text}`);
  line('Temporal …');
  const { port, uiPort, namespace, cliPath } = config.temporal;
  const binary = await resolveTemporalBinary({ cliPath, cacheDir: config.cache, onProgress, signal });
  const { address } = await supervisor.keep('temporal', () =>
    startTemporal({
      binary: binary.path,
      dbFile: temporalFile(config, binary.serverVersion, onProgress),
      port,
      uiPort,
      namespace,
      logFile: supervisor.logFile('temporal'),
    }),
  );
  onProgress(`server ${binary.serverVersion} (by ${binary.from}) answers on ${address}`);
  return address;
}

/** The development server makes its schema only in a new file and never upgrades one, so each version has its own. */
function temporalFile(config: Config, serverVersion: string, onProgress: (text: string) => void): string {
  const directory = join(config.home, 'temporal');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = `server-${serverVersion}.db`;
  const others = readdirSync(directory).filter((name) => name.endsWith('.db') && name !== file);
  if (!existsSync(join(directory, file)) && others.length > 0) {
    onProgress(
      `new server version: its data begin anew, npx iter engine rebuild brings the open practices back (before: ${others.join(', ')})`,
    );
  }
  return join(directory, file);
}
