import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { describeExit, type Exit, launch, type Running } from './child-process';
import { EngineError } from './engine-error';
import { lastLines } from './log-file';
import { poll } from './polling';
import { type PostgresBinaries, preparePostgres } from './postgres-binaries';
import { assertNotServed, ensureCluster, ensurePassword, locateData, passwordFile } from './postgres-data';
import { assertPortFree } from './preflight';

const HOST = '127.0.0.1';
const USER = 'iter';
const DATABASE = 'iter';
/** Recovery after a crash replays the log first, which on a slow disk takes a while. */
const READY_LIMIT_MS = 120_000;
const ORPHANS_LIMIT_MS = 15_000;

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: HOST,
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export interface PostgresOptions {
  readonly dataDir: string;
  readonly cacheDir: string;
  readonly port: number;
  /** Where the server logs; beside the data unless told otherwise. */
  readonly logFile?: string;
  readonly onProgress?: (line: string) => void;
}

export interface EmbeddedPostgres extends Running {
  /** Superuser `iter`, database `iter`. Holds the password: never to be printed. */
  readonly url: string;
  readonly port: number;
  /** Makes a database, as a copy of `template` if given, and answers its URL. Rejects when it exists. */
  createDatabase(name: string, template?: string): Promise<string>;
}

/**
 * Starts a PostgreSQL of our own on 127.0.0.1 and waits until it answers; its data survive, also a `kill -9`.
 * @throws EngineError when the port or the data are taken, or the server does not come up: the error says what to do.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, port } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  const logFile = options.logFile ?? join(dirname(dataDir), 'postgresql.log');
  const binaries = await preparePostgres(options.cacheDir, onProgress);
  const password = await ensurePassword(dataDir);
  if (await ensureCluster(binaries, dataDir, password)) onProgress(`made a new database cluster in ${dataDir}`);
  await assertNotServed(dataDir);
  await assertPortFree({ port, host: HOST, purpose: 'the embedded PostgreSQL', setting: 'ITER_POSTGRES_PORT' });
  const urlOf = (database: string) => `postgresql://${USER}:${password}@${HOST}:${port}/${database}`;
  const server = await launchUntilReady(binaries, { dataDir, port, logFile }, urlOf('postgres'));
  try {
    await ensureDatabase(urlOf('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    ...server,
    url: urlOf(DATABASE),
    port,
    createDatabase: async (name, template) => {
      await administer(urlOf('postgres'), (client) => createDatabase(client, name, template));
      return urlOf(encodeURIComponent(name));
    },
  };
}

interface ServerPlace {
  readonly dataDir: string;
  readonly port: number;
  readonly logFile: string;
}

async function launchUntilReady(binaries: PostgresBinaries, place: ServerPlace, url: string): Promise<Running> {
  const orphansUntil = Date.now() + ORPHANS_LIMIT_MS;
  for (;;) {
    const logged = existsSync(place.logFile) ? statSync(place.logFile).size : 0;
    const server = await launchServer(binaries, place);
    const outcome = await waitReady(server, url, place.dataDir);
    if (outcome === 'ready') return server;
    const said = (await readFile(place.logFile)).subarray(logged).toString();
    // After a kill -9 of the postmaster its children need a moment to notice, and hold the shared memory until then.
    if (said.includes('pre-existing shared memory block') && Date.now() < orphansUntil) continue;
    throw new EngineError(
      'engine.not_ready',
      `The embedded PostgreSQL did not come up (${outcome}). Its log ${place.logFile} ends with:\n${lastLines(place.logFile)}`,
      'Put right what it complains about, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

function launchServer(binaries: PostgresBinaries, { dataDir, port, logFile }: ServerPlace): Promise<Running> {
  const { account, directory } = binaries;
  const { argument, ...where } = locateData(dataDir, account);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return launch(join(directory, 'bin', 'postgres'), ['-D', argument, '-p', String(port), ...settings], {
    ...where,
    account,
    logFile,
    // Fast shutdown, then immediate: the second costs a recovery at the next start, but no data.
    stopWith: [
      { signal: 'SIGINT', graceMs: 20_000 },
      { signal: 'SIGQUIT', graceMs: 5_000 },
    ],
  });
}

/** Answers `ready`, or in words why not. A server that is there but not ready is stopped. */
async function waitReady(server: Running, url: string, dataDir: string): Promise<string> {
  let ended: Exit | undefined;
  void server.exited.then((exit) => {
    ended = exit;
  });
  const probe = async (): Promise<string | undefined> => {
    if (ended) return describeExit(ended);
    try {
      await administer(url, (client) => client.query('SELECT 1'));
      return 'ready';
    } catch (error) {
      const INVALID_PASSWORD = '28P01';
      if (!(error instanceof DatabaseError && error.code === INVALID_PASSWORD)) return undefined;
      await server.stop();
      throw new EngineError(
        'engine.database_unusable',
        `The password in ${passwordFile(dataDir)} does not open the database in ${dataDir}.`,
        'Bring back the file that was made with these data, or set ITER_HOME to a new directory.',
      );
    }
  };
  const outcome = await poll(probe, { limitMs: READY_LIMIT_MS, everyMs: 50 });
  if (outcome === undefined) await server.stop();
  return outcome ?? `no answer in ${READY_LIMIT_MS / 1000} s`;
}

async function ensureDatabase(url: string): Promise<void> {
  await administer(url, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await createDatabase(client, DATABASE);
  });
}

async function createDatabase(client: Client, name: string, template?: string): Promise<void> {
  const copyOf = template === undefined ? '' : ` TEMPLATE ${client.escapeIdentifier(template)}`;
  await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${copyOf}`);
}

async function administer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A server that goes away between two queries also emits; the query that follows reports it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
