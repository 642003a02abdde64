import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { type HoldPoint, holdKey } from './hold-points';
import { SANDBOX_SECRET, type System } from './system';
import type { ChildNews, ChildOptions, ChildOrder } from './worker-child';

export interface SpawnedWorker {
  /** Has it stand still at a place; resolves when it knows. Gives a promise for the moment in which it stands there. */
  hold(point: HoldPoint): Promise<{ readonly held: Promise<void> }>;
  /** `kill -9`: nothing in it gets another word. */
  kill(): Promise<void>;
}

/**
 * Starts a worker with its sender in a process of its own, on the same database, engine and queues as the system. `more`
 * is added to its environment: a time zone, a wrong clock.
 */
export async function spawnWorker(system: System, more: Readonly<Record<string, string>> = {}): Promise<SpawnedWorker> {
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
  };
  const child = fork(join(__dirname, 'worker-child.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_OPTIONS: '', ...more, ITER_TEST_CHILD: JSON.stringify(options) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await said(child, 'to be ready', (news) => 'ready' in news);
  return {
    hold: async (point) => {
      const key = holdKey(point);
      const held = said(child, key, (news) => 'held' in news && news.held === key);
      held.catch(() => undefined);
      const known = said(child, `to know ${key}`, (news) => 'willHold' in news && news.willHold === key);
      child.send({ hold: key } satisfies ChildOrder);
      await known;
      return { held };
    },
    kill: () => killed(child),
  };
}

function said(child: ChildProcess, what: string, is: (news: ChildNews) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    child.setMaxListeners(0);
    const ended = (code: number | null, signal: string | null) =>
      reject(new Error(`the worker ended (${signal ?? code}) before it came ${what}`));
    const heard = (news: unknown) => {
      if (!is(news as ChildNews)) return;
      child.off('message', heard);
      child.off('exit', ended);
      resolve();
    };
    child.on('message', heard);
    child.once('exit', ended);
  });
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
