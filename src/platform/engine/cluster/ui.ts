import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeExit, type Exit, launch, type Running, run } from '../child-process';
import { EngineError } from '../engine-error';
import { goInstall } from '../go-install';
import { lastLines } from '../log-file';
import { poll } from '../polling';
import { assertPortFree } from '../preflight';

/** The release that production runs: the same in docker-compose.yml. */
export const TEMPORAL_UI_VERSION = 'v2.50.1';

const MODULE = 'github.com/temporalio/ui-server/v2/cmd/server';
const HOST = '127.0.0.1';
const READY_LIMIT_MS = 30_000;
const EXE = process.platform === 'win32' ? '.exe' : '';

export interface ResolveUiOptions {
  /** The value of TEMPORAL_UI_PATH. */
  readonly uiPath: string | undefined;
  readonly cacheDir: string;
  readonly onProgress?: (line: string) => void;
  /** Ends a build early. */
  readonly signal?: AbortSignal;
}

/**
 * Finds the server of Temporal's UI: the named one, the one in the cache, or a build by Go. Practices do without it, so
 * where there is none it is told and answered with `undefined`.
 * @throws EngineError when the named one can't be run: correct TEMPORAL_UI_PATH or leave it out.
 */
export async function resolveUi(options: ResolveUiOptions): Promise<string | undefined> {
  const { uiPath, cacheDir, signal } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  if (uiPath !== undefined) {
    const why = await unusable(uiPath);
    if (why === undefined) return uiPath;
    throw new EngineError(
      'engine.temporal_missing',
      `TEMPORAL_UI_PATH does not name a server of Temporal's UI (${uiPath}: ${why}).`,
      'Correct it, or leave it out.',
    );
  }
  const target = join(cacheDir, 'temporal-ui', TEMPORAL_UI_VERSION, `server${EXE}`);
  if ((await unusable(target)) === undefined) return target;
  const what = `Temporal's UI ${TEMPORAL_UI_VERSION}`;
  const program = { module: MODULE, version: TEMPORAL_UI_VERSION, target };
  const duration = 'less than a minute';
  const failure =
    (await goInstall([program], { what, duration, onProgress, ...(signal && { signal }) })) ?? (await unusable(target));
  if (failure === undefined) return target;
  onProgress(`goes on without its UI, which is not to be had (${failure})`);
  return undefined;
}

export interface UiOptions {
  /** A path, from `resolveUi`. */
  readonly binary: string;
  /** Gets its configuration. */
  readonly directory: string;
  readonly port: number;
  /** Of the Temporal server. */
  readonly address: string;
  /** The one shown first. */
  readonly namespace: string;
  readonly logFile: string;
}

/**
 * Starts Temporal's UI on 127.0.0.1, for looking only: a practice is moved by acts, which leave a trace in its timeline.
 * @throws EngineError when the port is taken or it does not come up: it says what to do.
 */
export async function startUi(options: UiOptions): Promise<Running> {
  const { binary, directory, port, logFile } = options;
  await assertPortFree({ port, host: HOST, purpose: 'the Temporal UI', setting: 'ITER_TEMPORAL_UI_PORT' });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Its configuration is YAML, of which JSON is a part.
  writeFileSync(join(directory, 'iter.yaml'), `${JSON.stringify(settings(options), undefined, 2)}\n`);
  const server = await launch(binary, ['--root', directory, '--config', '.', '--env', 'iter', 'start'], {
    logFile,
    stopWith: [{ signal: 'SIGTERM', graceMs: 5_000 }],
  });
  const failure = await waitReady(server, port);
  if (failure === undefined) return server;
  await server.stop();
  throw new EngineError(
    'engine.not_ready',
    `Temporal's UI did not come up (${failure}). Its log ${logFile} ends with:\n${lastLines(logFile)}`,
    'Put right what it complains about and start again.',
  );
}

function settings({ address, port, namespace }: UiOptions) {
  return {
    temporalGrpcAddress: address,
    host: HOST,
    port,
    enableUi: true,
    defaultNamespace: namespace,
    disableWriteActions: true,
    // It would ask the internet, and count every row of visibility again and again.
    disableNewsFetch: true,
    refreshWorkflowCountsDisabled: true,
    hideLogs: true,
  };
}

/** Answers `undefined` when it serves, or in words why not. */
async function waitReady(server: Running, port: number): Promise<string | undefined> {
  let ended: Exit | undefined;
  void server.exited.then((exit) => {
    ended = exit;
  });
  const probe = async (): Promise<'up' | Exit | undefined> => {
    if (ended) return ended;
    const answer = await fetch(`http://${HOST}:${port}/healthz`).catch(() => undefined);
    return answer?.ok ? 'up' : undefined;
  };
  const outcome = await poll(probe, { limitMs: READY_LIMIT_MS, everyMs: 50 });
  if (outcome === 'up') return undefined;
  return outcome === undefined ? `no answer in ${READY_LIMIT_MS / 1000} s` : describeExit(outcome);
}

/** Answers in words why the program can't be used. */
async function unusable(path: string): Promise<string | undefined> {
  const { code, output } = await run(path, ['--version'], { timeoutMs: 20_000 });
  if (code === undefined) return output === 'ENOENT' ? 'not found' : `cannot be run (${output})`;
  return code === 0 ? undefined : `cannot be run (${output.split('\n')[0]})`;
}
