import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './engine-error';

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A long-running process of ours. */
export interface Running {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Asks it to end and waits; forces it when it does not obey. Safe to call twice. */
  stop(): Promise<void>;
}

/** The account under which a process runs, when it must not be ours. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly account?: Account | undefined;
  /** Added to the environment of this process, which the child inherits. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface LaunchOptions extends CommandOptions {
  readonly logFile: string;
  /** What `stop` sends, one after the other, each with the time to obey; the last resort, SIGKILL, goes without saying. */
  readonly stopWith: readonly { readonly signal: NodeJS.Signals; readonly graceMs: number }[];
}

export interface RunOptions extends CommandOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  /** `undefined` when the program could not be started at all (`output` then holds the reason, e.g. `ENOENT`). */
  readonly code: number | null | undefined;
  readonly output: string;
}

/** Runs a program to its end and collects what it prints; never rejects for what the program does. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const signals = [
    options.signal,
    options.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs),
  ];
  const signal = AbortSignal.any(signals.filter((one) => one !== undefined));
  if (signal.aborted) return { code: undefined, output: 'interrupted' };
  const child = spawn(command, args, { ...spawnOptions(options), stdio: ['ignore', 'pipe', 'pipe'], signal });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  return await new Promise((resolve) => {
    child.once('error', (error) =>
      resolve({ code: undefined, output: signal.aborted ? 'interrupted' : systemCode(error) }),
    );
    child.once('close', (code) => resolve({ code, output: output.trim() }));
  });
}

/**
 * Starts a long-running program in a process group of its own, so that Ctrl-C in the terminal reaches the supervisor
 * alone and the order of stopping stays with it.
 * @throws the system error when the program cannot be started.
 */
export async function launch(command: string, args: readonly string[], options: LaunchOptions): Promise<Running> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a', 0o600);
  try {
    const child = spawn(command, args, { ...spawnOptions(options), stdio: ['ignore', log, log], detached: true });
    await once(child, 'spawn');
    return running(child, options.stopWith);
  } finally {
    closeSync(log);
  }
}

/** Says in words how a process ended. */
export function describeExit(exit: Exit): string {
  return exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
}

function spawnOptions(options: CommandOptions): SpawnOptions {
  return {
    // Handed on whole, not read: what the environment means is settled in config.ts.
    env: { ...process.env, ...options.environment },
    windowsHide: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.account === undefined ? {} : { uid: options.account.uid, gid: options.account.gid }),
  };
}

function running(child: ChildProcess, stopWith: LaunchOptions['stopWith']): Running {
  const exited = new Promise<Exit>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  let stopping: Promise<void> | undefined;
  return {
    pid: child.pid ?? 0,
    exited,
    stop: () => {
      stopping ??= stop(child, exited, stopWith);
      return stopping;
    },
  };
}

async function stop(child: ChildProcess, exited: Promise<Exit>, stopWith: LaunchOptions['stopWith']): Promise<void> {
  for (const { signal, graceMs } of stopWith) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    if (await endsWithin(exited, graceMs)) return;
  }
  child.kill('SIGKILL');
  await exited;
}

async function endsWithin(exited: Promise<Exit>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const ended = await Promise.race([exited.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
