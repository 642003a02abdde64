import { createServer } from 'node:net';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { provisionTemporal } from '../../temporal/provision';
import { describeExit, type Exit, launch, type Running } from '../child-process';
import { EngineError } from '../engine-error';
import { lastLines } from '../log-file';
import { poll } from '../polling';
import { assertPortFree } from '../preflight';
import type { EmbeddedTemporal } from '../temporal-server';
import type { ClusterBinaries } from './binaries';
import { prepareTemporalDatabases, type TemporalDatabases } from './schema';

const HOST = '127.0.0.1';
const READY_LIMIT_MS = 120_000;
/** Can't be changed after the first start. */
const SHARDS = 512;
/** What production runs with. */
const DYNAMIC_CONFIG = join(
  __dirname,
  ...['..', '..', '..', '..', 'deploy', 'temporal', 'dynamicconfig', 'production.yaml'],
);

export interface ClusterOptions {
  readonly binaries: Pick<ClusterBinaries, 'server' | 'sqlTool'>;
  /** Of somebody who may make roles and databases; only host, port and that account count. */
  readonly postgresUrl: string;
  /** Role and database of Temporal's state; visibility is `<name>_visibility`. */
  readonly database?: string;
  readonly port: number;
  readonly namespace: string;
  readonly logFile: string;
  readonly dynamicConfigFile?: string;
  readonly shards?: number;
  /** Connections to each of its databases, at most. */
  readonly maxConnections?: number;
  readonly onProgress?: (line: string) => void;
}

/**
 * Starts the production Temporal server, all its roles in one process, on PostgreSQL, and waits until its namespace can
 * be used. A second call with the same databases goes on where the first ended.
 * @throws EngineError when a port is taken, the schema can't be made or the server does not come up: it says what to do.
 */
export async function startCluster(options: ClusterOptions): Promise<EmbeddedTemporal> {
  const { binaries, port, namespace, logFile } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  await assertPortFree({ port, host: HOST, purpose: 'the Temporal server', setting: 'ITER_TEMPORAL_PORT' });
  const name = options.database ?? 'temporal';
  const databases = await prepareTemporalDatabases(options.postgresUrl, binaries.sqlTool, name);
  onProgress('its databases are up to date');
  const server = await launch(binaries.server, ['--allow-no-auth', 'start'], {
    logFile,
    environment: await serverEnvironment(options, databases),
    stopWith: [{ signal: 'SIGTERM', graceMs: 20_000 }],
  });
  const address = `${HOST}:${port}`;
  const failure = await waitReady(server, address, namespace);
  if (failure === undefined) {
    await tellShards(address, options.shards ?? SHARDS, onProgress);
    return { ...server, address, uiUrl: undefined };
  }
  await server.stop();
  throw new EngineError(
    'engine.not_ready',
    `The Temporal server did not come up (${failure}). Its log ${logFile} ends with:\n${lastLines(logFile)}`,
    'Put right what it complains about, or set TEMPORAL_ADDRESS to a Temporal cluster of your own.',
  );
}

async function serverEnvironment(
  options: ClusterOptions,
  databases: TemporalDatabases,
): Promise<Readonly<Record<string, string>>> {
  const { port } = options;
  const connections = String(options.maxConnections ?? 20);
  return {
    DB: 'postgres12',
    POSTGRES_SEEDS: databases.host,
    DB_PORT: String(databases.port),
    POSTGRES_USER: databases.user,
    POSTGRES_PWD: databases.password,
    DBNAME: databases.state,
    VISIBILITY_DBNAME: databases.visibility,
    SQL_MAX_CONNS: connections,
    SQL_MAX_IDLE_CONNS: connections,
    NUM_HISTORY_SHARDS: String(options.shards ?? SHARDS),
    BIND_ON_IP: HOST,
    TEMPORAL_BROADCAST_ADDRESS: HOST,
    LOG_LEVEL: 'warn',
    DYNAMIC_CONFIG_FILE_PATH: options.dynamicConfigFile ?? DYNAMIC_CONFIG,
    FRONTEND_GRPC_PORT: String(port),
    ...(await innerPorts(port)),
  };
}

const INNER_PORTS = [
  'HISTORY_GRPC_PORT',
  'MATCHING_GRPC_PORT',
  'WORKER_GRPC_PORT',
  'FRONTEND_HTTP_PORT',
  'FRONTEND_MEMBERSHIP_PORT',
  'HISTORY_MEMBERSHIP_PORT',
  'MATCHING_MEMBERSHIP_PORT',
  'WORKER_MEMBERSHIP_PORT',
] as const;

/**
 * Ports on which its roles find each other, derived from its own: the same after a restart, so that the members known
 * to the database are the ones that come back. Below 32,768, because PostgreSQL keeps them as smallint and the system
 * lends those above to outgoing connections.
 */
export async function innerPorts(port: number): Promise<Record<string, string>> {
  const ports: Record<string, string> = {};
  let next = 8_000 + (port % 2_000) * 10;
  for (const setting of INNER_PORTS) {
    while (next === port || !(await isFree(next))) next += 1;
    ports[setting] = String(next);
    next += 1;
  }
  return ports;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}

/** Answers `undefined` when the namespace can be used, or in words why not. */
async function waitReady(server: Running, address: string, namespace: string): Promise<string | undefined> {
  let ended: Exit | undefined;
  void server.exited.then((exit) => {
    ended = exit;
  });
  const probe = async (): Promise<'up' | Exit | undefined> => ended ?? ((await answers(address)) ? 'up' : undefined);
  const outcome = await poll(probe, { limitMs: READY_LIMIT_MS, everyMs: 100 });
  if (outcome === undefined) return `no answer in ${READY_LIMIT_MS / 1000} s`;
  if (outcome !== 'up') return describeExit(outcome);
  try {
    await provisionTemporal({ address, namespace }, READY_LIMIT_MS);
    return undefined;
  } catch (error) {
    return `the namespace ${namespace} can't be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The databases keep the number of shards that they were made with, whatever is asked for; who asks is to know it. */
async function tellShards(address: string, wanted: number, onProgress: (line: string) => void): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const { historyShardCount } = await connection.workflowService.getClusterInfo({});
    if (historyShardCount === wanted) return;
    onProgress(
      `its databases were made with ${historyShardCount} history shards, which no setting can change; ${wanted} were asked for and are ignored`,
    );
  } finally {
    await connection.close();
  }
}

async function answers(address: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 2_000 });
    await connection.workflowService.getSystemInfo({});
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}
