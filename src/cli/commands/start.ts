import { join } from 'node:path';
import type { Config } from '../../platform/config';
import { EngineError } from '../../platform/engine/engine-error';
import { removeEngineFile, writeEngineFile } from '../../platform/engine/engine-file';
import { checkDirectories, checkMachine } from '../../platform/engine/preflight';
import { endSurvivors, RunLock } from '../../platform/engine/run-lock';
import { Supervisor } from '../../platform/engine/supervisor';
import { startEngine } from '../start-engine';
import { type DemoLogin, startSummary } from '../start-summary';
import { errorLine, line } from '../terminal';

export interface StartOptions {
  /** Shown at the end, so that a first user can log in at once. */
  readonly logins?: readonly DemoLogin[];
  /** The program and first arguments that run an Iter command; `bin/iter.js` unless told otherwise. */
  readonly command?: readonly string[];
  readonly readyLimitMs?: number;
}

const FAILED = 1;
const FORCED = 130;
const READY_LIMIT_MS = 60_000;
const STOP_ORDER = ['api', 'worker', 'sandbox', 'temporal-ui', 'temporal', 'postgresql'];
const BIN = join(__dirname, '..', '..', '..', 'bin', 'iter.js');

/**
 * `iter start`: everything on this machine, until Ctrl-C. Answers the exit code; what the person at the keyboard has to
 * put right is printed, not thrown.
 */
export async function start(config: Config, options: StartOptions = {}): Promise<number> {
  const begun = Date.now();
  const stop = new AbortController();
  let interrupts = 0;
  let supervisor: Supervisor | undefined;
  const release = onInterrupt(() => {
    interrupts += 1;
    if (interrupts === 1) {
      line('Stopping; once more to force it.');
      stop.abort();
    } else supervisor?.force();
  });
  const exitCode = () => (interrupts > 1 ? FORCED : 0);
  let lock: RunLock | undefined;
  try {
    failOn(await checkDirectories(config));
    lock = RunLock.acquire(config.home);
    await endSurvivors(lock.survivors, line);
    failOn(await checkMachine(config));
    supervisor = makeSupervisor(config, options, lock, stop.signal);
    await superviseUntil(supervisor, config, options, { stop, begun });
    return exitCode();
  } catch (error) {
    if (interrupts > 0) return exitCode();
    if (!(error instanceof EngineError || error instanceof Problems)) throw error;
    for (const problem of error instanceof Problems ? error.list : [error])
      errorLine(`\n${problem.message}\n${problem.remedy}`);
    return FAILED;
  } finally {
    lock?.release();
    release();
  }
}

/** Several things wrong at once are all said at once. */
class Problems extends Error {
  constructor(readonly list: readonly EngineError[]) {
    super(list.map((problem) => problem.message).join('\n'));
  }
}

function failOn(problems: readonly EngineError[]): void {
  if (problems.length > 0) throw new Problems(problems);
}

function makeSupervisor(config: Config, options: StartOptions, lock: RunLock, signal: AbortSignal): Supervisor {
  const command = options.command ?? [process.execPath, BIN];
  return new Supervisor({ lock, logDir: logDirectory(config), command, report: line, signal });
}

interface Course {
  readonly stop: AbortController;
  readonly begun: number;
}

async function superviseUntil(
  supervisor: Supervisor,
  config: Config,
  options: StartOptions,
  { stop, begun }: Course,
): Promise<void> {
  const bringingUp = bringUp(supervisor, config, options, stop.signal);
  try {
    await Promise.race([bringingUp, aborted(stop.signal)]);
    if (stop.signal.aborted) return;
    const seconds = (Date.now() - begun) / 1000;
    for (const text of startSummary(config, options.logins ?? [], supervisor.pids(), seconds)) line(text);
    await aborted(stop.signal);
  } finally {
    stop.abort();
    await supervisor.stopAll(STOP_ORDER);
    await bringingUp.catch(() => undefined);
    removeEngineFile(config.home);
    line('Stopped.');
  }
}

async function bringUp(
  supervisor: Supervisor,
  config: Config,
  options: StartOptions,
  signal: AbortSignal,
): Promise<void> {
  const [databaseUrl, temporalAddress] = await startEngine(supervisor, config, signal);
  writeEngineFile(config.home, {
    ...(config.database.embedded ? { databaseUrl } : {}),
    ...(config.temporal.embedded ? { temporalAddress } : {}),
  });
  supervisor.setEnvironment({
    ITER_HOME: config.home,
    ITER_CACHE: config.cache,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
  });
  for (const step of ['migrate', 'provision', 'seed']) {
    line(`${step} …`);
    await supervisor.runCommand(step);
  }
  line('sandbox, worker, api …');
  const limitMs = options.readyLimitMs ?? READY_LIMIT_MS;
  const servers = Object.entries({
    sandbox: `${config.sandbox.url}/health`,
    worker: `http://127.0.0.1:${config.worker.healthPort}/ready`,
    api: `${localUrl(config)}/ready`,
  });
  await Promise.all(
    servers.map(async ([name, url]) => {
      await supervisor.keepCommand(name);
      await supervisor.waitReady(name, url, limitMs);
    }),
  );
}

function logDirectory(config: Config): string {
  return join(config.home, 'logs');
}

/** The API as seen from here: its public address may lead through a proxy that is not there yet. */
function localUrl({ api }: Config): string {
  const everywhere = api.host === '0.0.0.0' || api.host === '::';
  return `http://${everywhere ? '127.0.0.1' : api.host}:${api.port}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function onInterrupt(react: () => void): () => void {
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, react);
  return () => {
    for (const signal of signals) process.off(signal, react);
  };
}
