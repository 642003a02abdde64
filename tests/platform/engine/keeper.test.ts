import type { Exit, Running } from '../../../src/platform/engine/child-process';
import { Keeper } from '../../../src/platform/engine/keeper';
import { eventually } from './support';

/** A process that ends when the test says so. */
function fakeProcess(pid: number): Running & { end: (exit: Exit) => void } {
  let end: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((resolve) => {
    end = resolve;
  });
  return { pid, exited, end, stop: async () => end({ code: 0, signal: null }) };
}

describe('a kept process', () => {
  test('is started again ever more slowly, also when a start fails, and not after it was stopped', async () => {
    const lines: string[] = [];
    const pids: number[] = [];
    const started: ReturnType<typeof fakeProcess>[] = [];
    let attempts = 0;
    const keeper = new Keeper({
      name: 'worker',
      start: async () => {
        attempts += 1;
        if (attempts === 3) throw new Error('The port is taken.');
        const running = fakeProcess(attempts);
        started.push(running);
        return running;
      },
      onStarted: (pid) => pids.push(pid),
      report: (line) => lines.push(line),
      firstDelayMs: 10,
      longestDelayMs: 30,
    });
    await keeper.begin();
    started[0]?.end({ code: 1, signal: null });
    await eventually('the first restart', () => started[1]);
    started[1]?.end({ code: null, signal: 'SIGKILL' });
    await eventually('the second restart', () => (pids.length === 3 ? true : undefined));
    await keeper.stop();
    expect(lines).toEqual([
      'worker (pid 1) ended unexpectedly with exit code 1; restart 1 in 0.01 s',
      'worker runs again (pid 2, restarts: 1)',
      'worker (pid 2) ended unexpectedly with signal SIGKILL; restart 2 in 0.02 s',
      'worker does not start: The port is taken. Next attempt in 0.03 s',
      'worker runs again (pid 4, restarts: 2)',
    ]);
    expect(pids).toEqual([1, 2, 4]);
  });

  test('whose first start fails is the business of whoever began it', async () => {
    const keeper = new Keeper({
      name: 'api',
      start: async () => Promise.reject(new Error('no')),
      onStarted: () => undefined,
      report: () => undefined,
      firstDelayMs: 1,
      longestDelayMs: 1,
    });
    await expect(keeper.begin()).rejects.toThrow('no');
    await keeper.stop();
  });
});
