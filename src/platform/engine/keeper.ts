import { setTimeout as pause } from 'node:timers/promises';
import { describeExit, type Running } from './child-process';

export interface KeeperOptions<T extends Running> {
  readonly name: string;
  readonly start: () => Promise<T>;
  /** Told of every process started, before it is said to run. */
  readonly onStarted: (pid: number) => void;
  /** Told in one sentence of whatever happened unexpectedly. */
  readonly report: (line: string) => void;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** After running this long a process counts as healthy, and its next fall is treated as the first. */
const STEADY_MS = 60_000;

/** Keeps one process running: what ends unexpectedly is started again, ever more slowly. */
export class Keeper<T extends Running> {
  private readonly stopping = new AbortController();
  private current: Promise<T> | undefined;
  private watching: Promise<void> = Promise.resolve();
  private delayMs: number;
  private restarts = 0;

  constructor(private readonly options: KeeperOptions<T>) {
    this.delayMs = options.firstDelayMs;
  }

  /** Starts it for the first time; a failure of this one is the caller's. */
  async begin(): Promise<T> {
    const running = await this.startOnce();
    this.watching = this.watch(running);
    return running;
  }

  /** Stops it for good, also while it is being started. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const running = await this.current?.catch(() => undefined);
    await running?.stop();
    await this.watching;
  }

  private async startOnce(): Promise<T> {
    this.current = this.options.start();
    const running = await this.current;
    this.options.onStarted(running.pid);
    return running;
  }

  private async watch(first: T): Promise<void> {
    const { name, report, firstDelayMs } = this.options;
    let running: T | undefined = first;
    while (running !== undefined) {
      const begun = Date.now();
      const exit = await running.exited;
      if (this.stopping.signal.aborted) return;
      if (Date.now() - begun > STEADY_MS) this.delayMs = firstDelayMs;
      this.restarts += 1;
      report(
        `${name} (pid ${running.pid}) ended unexpectedly with ${describeExit(exit)}; restart ${this.restarts} in ${this.delay()}`,
      );
      running = await this.startAgain();
    }
  }

  private async startAgain(): Promise<T | undefined> {
    const { name, report, longestDelayMs } = this.options;
    for (;;) {
      try {
        await pause(this.delayMs, undefined, { signal: this.stopping.signal });
      } catch {
        return undefined;
      }
      this.delayMs = Math.min(this.delayMs * 2, longestDelayMs);
      try {
        const running = await this.startOnce();
        report(`${name} runs again (pid ${running.pid}, restarts: ${this.restarts})`);
        return running;
      } catch (error) {
        report(`${name} does not start: ${describe(error)} Next attempt in ${this.delay()}`);
      }
    }
  }

  private delay(): string {
    return `${this.delayMs / 1000} s`;
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
