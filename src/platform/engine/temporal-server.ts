import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Connection } from '@temporalio/client';
import { describeExit, type Exit, launch, type Running } from './child-process';
import { EngineError } from './engine-error';
import { lastLines } from './log-file';
import { poll } from './polling';
import { assertPortFree } from './preflight';

const HOST = '127.0.0.1';
const READY_LIMIT_MS = 60_000;

export interface TemporalOptions {
  /** A path or a name on PATH, from `resolveTemporalBinary`. */
  readonly binary: string;
  /** Absent: everything is forgotten at the end, which tests want. */
  readonly dbFile?: string | undefined;
  readonly port: number;
  /** Absent: no UI. */
  readonly uiPort?: number | undefined;
  readonly namespace: string;
  readonly logFile: string;
  readonly onProgress?: (line: string) => void;
}

export interface EmbeddedTemporal extends Running {
  readonly address: string;
  readonly uiUrl: string | undefined;
}

/**
 * Starts Temporal's development server on 127.0.0.1 and waits until its namespace answers.
 * @throws EngineError when a port is taken or the server does not come up: the error says what to do.
 */
export async function startTemporal(options: TemporalOptions): Promise<EmbeddedTemporal> {
  const { binary, dbFile, port, uiPort, logFile } = options;
  await assertPortFree({ port, host: HOST, purpose: 'the embedded Temporal server', setting: 'ITER_TEMPORAL_PORT' });
  if (uiPort !== undefined) {
    await assertPortFree({ port: uiPort, host: HOST, purpose: 'the Temporal UI', setting: 'ITER_TEMPORAL_UI_PORT' });
  }
  if (dbFile !== undefined) mkdirSync(dirname(dbFile), { recursive: true, mode: 0o700 });
  const server = await launch(binary, serverArguments(options), {
    logFile,
    stopWith: [{ signal: 'SIGTERM', graceMs: 10_000 }],
  });
  const address = `${HOST}:${port}`;
  const failure = await waitReady(server, address, options.namespace);
  if (failure !== undefined) {
    await server.stop();
    throw new EngineError(
      'engine.not_ready',
      `The embedded Temporal server did not come up (${failure}). Its log ${logFile} ends with:\n${lastLines(logFile)}`,
      'Put right what it complains about, or set TEMPORAL_ADDRESS to a Temporal cluster of your own.',
    );
  }
  options.onProgress?.(`Temporal answers on ${address}`);
  return { ...server, address, uiUrl: uiPort === undefined ? undefined : `http://${HOST}:${uiPort}` };
}

function serverArguments({ dbFile, port, uiPort, namespace }: TemporalOptions): string[] {
  // Write-ahead logging nearly doubles the throughput; the file stays consistent after a crash of the process.
  const pragmas = ['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'];
  return [
    ...['server', 'start-dev', '--ip', HOST, '--port', String(port)],
    ...(uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort)]),
    ...(dbFile === undefined ? [] : ['--db-filename', dbFile, ...pragmas]),
    ...['--namespace', namespace, '--log-level', 'warn'],
  ];
}

/** Answers `undefined` when the namespace can be used, or in words why not. */
async function waitReady(server: Running, address: string, namespace: string): Promise<string | undefined> {
  let ended: Exit | undefined;
  void server.exited.then((exit) => {
    ended = exit;
  });
  const probe = async (): Promise<'ready' | Exit | undefined> =>
    ended ?? ((await answers(address, namespace)) ? 'ready' : undefined);
  const outcome = await poll(probe, { limitMs: READY_LIMIT_MS, everyMs: 100 });
  if (outcome === 'ready') return undefined;
  return outcome === undefined ? `no answer in ${READY_LIMIT_MS / 1000} s` : describeExit(outcome);
}

async function answers(address: string, namespace: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 2_000 });
    await connection.workflowService.getSystemInfo({});
    await connection.workflowService.describeNamespace({ namespace });
    return true;
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}
