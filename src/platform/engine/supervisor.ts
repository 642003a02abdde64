import { join } from 'node:path';
import { describeExit, launch, type Running } from './child-process';
import { EngineError, systemCode } from './engine-error';
import { Keeper } from './keeper';
import { lastLines, rotateLog } from './log-file';
import { poll } from './polling';
import type { RunLock } from './run-lock';

export interface SupervisorOptions {
  readonly lock: RunLock;
  readonly logDir: string;
  /** The program and first arguments before the name of an Iter command. */
  readonly command: readonly string[];
  readonly report: (line: string) => void;
  /** Aborted when everything is to end: nothing is started from then on. */
  readonly signal: AbortSignal;
  readonly firstDelayMs?: number;
}

const LONGEST_DELAY_MS = 30_000;
const CHILD_GRACE_MS = 30_000;

/** Starts the processes of one machine, keeps them running, and stops them in order. */
export class Supervisor {
  private readonly keepers = new Map<string, Keeper<Running>>();
  private readonly steps = new Map<string, Running>();
  private environment: Readonly<Record<string, string>> = {};

  constructor(private readonly options: SupervisorOptions) {}

  /** What the commands get in addition to the environment of this process. */
  setEnvironment(environment: Readonly<Record<string, string>>): void {
    this.environment = environment;
  }

  logFile(name: string): string {
    return join(this.options.logDir, `${name}.log`);
  }

  /** Starts a server and keeps it running. Rejects with whatever its first start rejects with. */
  async keep<T extends Running>(name: string, start: () => Promise<T>): Promise<T> {
    this.options.signal.throwIfAborted();
    const keeper = new Keeper<T>({
      name,
      start,
      onStarted: (pid) => this.options.lock.record(name, pid),
      report: this.options.report,
      firstDelayMs: this.options.firstDelayMs ?? 1_000,
      longestDelayMs: LONGEST_DELAY_MS,
    });
    this.keepers.set(name, keeper);
    rotateLog(this.logFile(name));
    return keeper.begin();
  }

  /** Starts a long-running Iter command and keeps it running. */
  async keepCommand(name: string): Promise<void> {
    await this.keep(name, () => this.launchCommand(name));
  }

  /**
   * Runs an Iter command to its end.
   * @throws EngineError with the end of its log when it fails: correct the cause and start again.
   */
  async runCommand(name: string): Promise<void> {
    this.options.signal.throwIfAborted();
    rotateLog(this.logFile(name));
    const step = await this.launchCommand(name);
    this.steps.set(name, step);
    this.options.lock.record(name, step.pid);
    if (this.options.signal.aborted) await step.stop();
    const exit = await step.exited;
    this.steps.delete(name);
    this.options.lock.forget(name);
    this.options.signal.throwIfAborted();
    if (exit.code === 0) return;
    throw new EngineError(
      'engine.step_failed',
      `iter ${name} failed with ${describeExit(exit)}. Its log ${this.logFile(name)} ends with:\n${lastLines(this.logFile(name))}`,
      'Put right what it complains about and start again.',
    );
  }

  /**
   * Waits until a command answers 200.
   * @throws EngineError with the end of its log when it does not in time.
   */
  async waitReady(name: string, url: string, limitMs: number): Promise<void> {
    let last = 'no answer';
    const probe = async (): Promise<true | undefined> => {
      const answer = await ask(url);
      last = answer;
      return answer === 'HTTP 200' ? true : undefined;
    };
    const ready = await poll(probe, { limitMs, everyMs: 100, signal: this.options.signal });
    if (ready) return;
    throw new EngineError(
      'engine.not_ready',
      `${name} was not ready after ${limitMs / 1000} s (${url}: ${last}). Its log ${this.logFile(name)} ends with:\n${lastLines(this.logFile(name))}`,
      'Put right what it complains about and start again.',
    );
  }

  pids(): ReadonlyMap<string, number> {
    return this.options.lock.pids();
  }

  /** Stops everything, steps first, then the named in their order; each is gone before the next is asked. */
  async stopAll(order: readonly string[]): Promise<void> {
    await Promise.all([...this.steps.values()].map((step) => step.stop()));
    for (const name of order) {
      const keeper = this.keepers.get(name);
      if (keeper === undefined) continue;
      await keeper.stop();
      this.options.lock.forget(name);
    }
  }

  /** Ends at once whatever still runs; a `stopAll` under way then comes to its end. */
  force(): void {
    for (const [name, pid] of this.pids()) {
      try {
        // PostgreSQL's immediate shutdown spares its children from being orphaned; the log is replayed at the next start.
        if (name === 'postgresql') process.kill(pid, 'SIGQUIT');
        // Each leads a group of its own, in which its helpers end with it.
        else process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
      } catch (error) {
        if (systemCode(error) !== 'ESRCH') throw error;
      }
    }
  }

  private launchCommand(name: string): Promise<Running> {
    const [program = process.execPath, ...args] = this.options.command;
    return launch(program, [...args, name], {
      logFile: this.logFile(name),
      environment: this.environment,
      stopWith: [{ signal: 'SIGTERM', graceMs: CHILD_GRACE_MS }],
    });
  }
}

async function ask(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    await answer.body?.cancel();
    return `HTTP ${answer.status}`;
  } catch (error) {
    return systemCode(error);
  }
}
