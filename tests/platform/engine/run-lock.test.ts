import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identifyProcess, type ProcessIdentity } from '../../../src/platform/engine/process-identity';
import { endSurvivors, RunLock } from '../../../src/platform/engine/run-lock';
import { refusal, withDirectory } from './support';

async function someProcess(): Promise<{ child: ChildProcess; identity: ProcessIdentity }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error('the process did not start');
  return { child, identity };
}

function leaveBehind(home: string, children: { name: string; process: ProcessIdentity }[]): void {
  const dead = { pid: 2 ** 30, startedAt: 'long ago', executable: process.execPath };
  writeFileSync(join(home, 'start.json'), JSON.stringify({ supervisor: dead, children }));
}

describe('the lock of a home directory', () => {
  test('is refused while its holder lives, and free again after it has been given back', () =>
    withDirectory(async (home) => {
      const lock = RunLock.acquire(home);
      expect(await refusal((async () => RunLock.acquire(home))())).toEqual({
        code: 'engine.already_running',
        message: `Iter already runs on ${home} (pid ${process.pid}).`,
        remedy:
          'Stop it with Ctrl-C where it was started, or set ITER_HOME (and the ports) to run a second one beside it.',
      });
      lock.release();
      RunLock.acquire(home).release();
      expect(readdirSync(home)).toEqual([]);
    }));

  test('of a killed supervisor is taken over together with what it left running, newest first', () =>
    withDirectory(async (home) => {
      const [first, second] = [await someProcess(), await someProcess()];
      leaveBehind(home, [
        { name: 'worker', process: first.identity },
        { name: 'api', process: second.identity },
      ]);
      const lock = RunLock.acquire(home);
      expect(lock.survivors.map(({ name }) => name)).toEqual(['api', 'worker']);
      const ends = [once(first.child, 'exit'), once(second.child, 'exit')];
      const said: string[] = [];
      await endSurvivors(lock.survivors, (line) => said.push(line));
      expect(await Promise.all(ends)).toEqual([
        [null, 'SIGTERM'],
        [null, 'SIGTERM'],
      ]);
      expect(said).toEqual([
        `ending api (pid ${second.child.pid}), left behind by a start that was killed`,
        `ending worker (pid ${first.child.pid}), left behind by a start that was killed`,
      ]);
      lock.release();
    }));

  test('never touches a process that has only inherited a number', () =>
    withDirectory(async (home) => {
      const { child, identity } = await someProcess();
      leaveBehind(home, [{ name: 'worker', process: { ...identity, startedAt: 'before' } }]);
      const lock = RunLock.acquire(home);
      expect(lock.survivors).toEqual([]);
      expect(identifyProcess(child.pid ?? 0)).toEqual(identity);
      lock.release();
      child.kill();
      await once(child, 'exit');
    }));

  test('is taken over when a power cut damaged it', () =>
    withDirectory(async (home) => {
      writeFileSync(join(home, 'start.json'), '{"superv');
      const lock = RunLock.acquire(home);
      expect(JSON.parse(readFileSync(join(home, 'start.json'), 'utf8'))).toMatchObject({
        supervisor: { pid: process.pid },
        children: [],
      });
      lock.release();
    }));
});
