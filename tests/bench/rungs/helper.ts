import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { LOOK_EVERY_MS } from '../product/watcher';
import type { ChildOptions, FromChild, ToChild } from './child-messages';

const LIMIT_MS = 120_000;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The process that does the steps of a rung, seen from the generator. */
export class Helper {
  private readonly waiting = new Map<string, Waiting>();
  /** What was said of each practice under way. */
  private readonly said = new Map<string, Set<string>>();

  private constructor(private readonly child: ChildProcess) {}

  /** Starts it and waits until it works. Rejects when it ends before. */
  static async start(options: ChildOptions): Promise<Helper> {
    const child = fork(join(__dirname, 'child.ts'), {
      // DBOS asks a connection twice at once, which its PostgreSQL client does not like.
      execArgv: ['--import', 'tsx', '--disable-warning=DeprecationWarning'],
      env: { ...process.env, NODE_OPTIONS: '', TZ: 'UTC', ITER_BENCH_CHILD: JSON.stringify(options) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const helper = new Helper(child);
    child.on('message', (message: FromChild) => helper.see(message));
    child.once('exit', (code, signal) => helper.ended(`the process of the rung ended: ${signal ?? code}`));
    await helper.wait('', 'ready');
    return helper;
  }

  /** Begins a practice or brings it a message, and waits until that call has been answered. */
  async bring(message: ToChild): Promise<void> {
    this.child.send(message);
    await this.wait(message.practice, `taken ${message.number}`);
  }

  /** Waits until an activity of a practice is done. Only those that the process was told to tell. */
  done(practice: string, activity: number): Promise<void> {
    return this.wait(practice, `done ${activity}`);
  }

  /** Forgets what was said of a practice that has ended. */
  forget(practice: string): void {
    this.said.delete(practice);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.kill('SIGKILL');
    });
  }

  /**
   * What was done is seen at the next look, as in the database of the product. Who acted in the very instant would be
   * quicker than the engine hears of the activity's end, and save it work that the product costs it.
   */
  private see(message: FromChild): void {
    if (message.say !== 'done') this.heard(message);
    else setTimeout(() => this.heard(message), LOOK_EVERY_MS - (performance.now() % LOOK_EVERY_MS));
  }

  private heard(message: FromChild): void {
    const practice = message.say === 'ready' ? '' : message.practice;
    const what = textOf(message);
    const said = this.said.get(practice) ?? new Set();
    this.said.set(practice, said.add(what));
    this.waiting.get(`${practice} ${what}`)?.resolve();
  }

  private ended(reason: string): void {
    for (const { reject } of this.waiting.values()) reject(new Error(reason));
  }

  private async wait(practice: string, what: string): Promise<void> {
    if (this.said.get(practice)?.has(what)) return;
    const key = `${practice} ${what}`;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const late = () => reject(new Error(`waited ${LIMIT_MS / 1000} s in vain for: ${key}`));
        timer = setTimeout(late, LIMIT_MS);
        this.waiting.set(key, { resolve, reject });
      });
    } finally {
      clearTimeout(timer);
      this.waiting.delete(key);
    }
  }
}

function textOf(message: FromChild): string {
  switch (message.say) {
    case 'ready':
      return 'ready';
    case 'taken':
      return `taken ${message.number}`;
    case 'done':
      return `done ${message.activity}`;
  }
}
