import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { SANDBOX_SECRET, type System } from './system';
import type { ChildOptions } from './worker-child';

export interface SpawnedWorker {
  /** Resolves when the process stands still where it was told to. */
  readonly held: Promise<void>;
  /** `kill -9`: nothing in it gets another word. */
  kill(): Promise<void>;
}

/** Starts a worker with its sender in a process of its own, on the same database, engine and queues as the system. */
export async function spawnWorker(
  system: System,
  hold: Pick<ChildOptions, 'holdAfter' | 'holdBefore'> = {},
): Promise<SpawnedWorker> {
  const options: ChildOptions = {
    databaseUrl: system.db.url,
    temporal: system.temporal,
    taskQueue: system.taskQueue,
    storeDir: system.storeDir,
    sandboxUrl: system.sandbox.url,
    sandboxSecret: SANDBOX_SECRET,
    smtpPort: system.sandbox.smtpPort,
    bundlePath: join(__dirname, '..', '..', 'dist', 'workflow-bundle.js'),
    publicUrl: system.application.publicUrl,
    ...hold,
  };
  const child = fork(join(__dirname, 'worker-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_OPTIONS: '', ITER_TEST_CHILD: JSON.stringify(options) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const held = said(child, 'held');
  held.catch(() => undefined);
  await said(child, 'ready');
  return { held, kill: () => killed(child) };
}

function said(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (message === word) resolve();
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`the worker ended (${signal ?? code}) before it said ${word}`)),
    );
  });
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
