import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config';
import { EngineError, systemCode } from './engine-error';
import { findPortHolder } from './port-holder';
import { postgresPackage } from './postgres-binaries';

const GIGABYTE = 1024 ** 3;
const LEAST_FREE = GIGABYTE;

export interface WantedPort {
  readonly port: number;
  readonly host: string;
  /** Completes the sentence "Port N, wanted for …". */
  readonly purpose: string;
  /** The environment variable that changes it. */
  readonly setting: string;
}

export interface WantedDirectory {
  readonly directory: string;
  /** Completes the sentence "The … directory". */
  readonly purpose: string;
  readonly setting: string;
}

/** Looks at the directories in which everything else is written; answers one error per problem, none when all is well. */
export async function checkDirectories(config: Config): Promise<readonly EngineError[]> {
  const home = { directory: config.home, purpose: 'data', setting: 'ITER_HOME' };
  const cache = { directory: config.cache, purpose: 'cache', setting: 'ITER_CACHE' };
  return problems([
    async () => {
      await assertWritable(home);
      await assertFreeSpace(home, LEAST_FREE);
    },
    () => assertWritable(cache),
  ]);
}

/** Looks at what this machine must offer to the processes of `iter start`; answers one error per problem. */
export async function checkMachine(config: Config): Promise<readonly EngineError[]> {
  const platform = config.database.embedded ? [() => postgresPackage()] : [];
  return problems([...platform, ...wantedPorts(config).map((wanted) => () => assertPortFree(wanted))]);
}

/** Everything at once, for `iter check`. */
export async function preflight(config: Config): Promise<readonly EngineError[]> {
  return [...(await checkDirectories(config)), ...(await checkMachine(config))];
}

/** @throws EngineError when the port cannot be opened: free it, or change the setting that the error names. */
export async function assertPortFree(wanted: WantedPort): Promise<void> {
  const failure = await tryPort(wanted.port, wanted.host);
  if (failure === undefined) return;
  const subject = `Port ${wanted.port}, wanted for ${wanted.purpose},`;
  if (failure === 'EADDRINUSE') {
    const holder = findPortHolder(wanted.port);
    const by = holder === undefined ? 'another process' : `${holder.command} (pid ${holder.pid})`;
    const remedy = `Stop that process, or set ${wanted.setting} to a free port.`;
    throw new EngineError('engine.port_unusable', `${subject} is taken by ${by}.`, remedy);
  }
  const remedy = `Set ${wanted.setting} to a port that this user may open on ${wanted.host}.`;
  throw new EngineError('engine.port_unusable', `${subject} cannot be opened on ${wanted.host}: ${failure}.`, remedy);
}

/** @throws EngineError when nothing can be written there: change the rights, or the setting that the error names. */
export async function assertWritable(wanted: WantedDirectory): Promise<void> {
  try {
    // Others may pass through but not look: as root, PostgreSQL works below under an account of its own.
    await mkdir(wanted.directory, { recursive: true, mode: 0o711 });
    const trial = join(wanted.directory, `.writable-${process.pid}`);
    await writeFile(trial, '');
    await rm(trial);
  } catch (error) {
    throw new EngineError(
      'engine.directory_unusable',
      `The ${wanted.purpose} directory ${wanted.directory} cannot be written: ${systemCode(error)}.`,
      `Give this user the right to write there, or set ${wanted.setting} to another directory.`,
    );
  }
}

/** @throws EngineError when the disk below an existing directory has less than `bytes` free. */
export async function assertFreeSpace(wanted: WantedDirectory, bytes: number): Promise<void> {
  const free = await freeSpace(wanted.directory);
  if (free >= bytes) return;
  throw new EngineError(
    'engine.disk_full',
    `The ${wanted.purpose} directory ${wanted.directory} has ${gigabytes(free)} free; at least ${gigabytes(bytes)} is needed.`,
    `Free some space, or set ${wanted.setting} to a directory on another disk.`,
  );
}

/** Bytes that this user may still write below an existing directory. */
export async function freeSpace(directory: string): Promise<number> {
  const disk = await statfs(directory);
  return disk.bavail * disk.bsize;
}

/** A size for people. */
export function gigabytes(bytes: number): string {
  return `${Number((bytes / GIGABYTE).toFixed(1))} GB`;
}

function wantedPorts(config: Config): readonly WantedPort[] {
  const host = '127.0.0.1';
  const { database, temporal, api, worker, sandbox } = config;
  const postgres = { port: database.port, host, purpose: 'the embedded PostgreSQL', setting: 'ITER_POSTGRES_PORT' };
  const engine = [
    { port: temporal.port, host, purpose: 'the embedded Temporal server', setting: 'ITER_TEMPORAL_PORT' },
    { port: temporal.uiPort, host, purpose: 'the Temporal UI', setting: 'ITER_TEMPORAL_UI_PORT' },
  ];
  return [
    ...(database.embedded ? [postgres] : []),
    ...(temporal.embedded ? engine : []),
    { port: api.port, host: api.host, purpose: 'the API', setting: 'ITER_API_PORT' },
    { port: worker.healthPort, host, purpose: "the worker's health", setting: 'ITER_WORKER_HEALTH_PORT' },
    { port: sandbox.port, host: sandbox.host, purpose: 'the sandbox', setting: 'ITER_SANDBOX_PORT' },
    {
      port: sandbox.smtpPort,
      host: sandbox.host,
      purpose: "the sandbox's mail server",
      setting: 'ITER_SANDBOX_SMTP_PORT',
    },
  ];
}

async function problems(checks: readonly (() => unknown)[]): Promise<readonly EngineError[]> {
  const found: EngineError[] = [];
  for (const check of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      found.push(error);
    }
  }
  return found;
}

function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(systemCode(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
