import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './until';

const BIN = join(__dirname, '..', '..', 'bin', 'iter.js');

/** Far above what a start takes, because a test may run on a machine that does much else. */
const READY_LIMIT_MS = 60_000;

/** How a process ended: its code, or the signal that ended it. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of the product, started as an operator starts it. */
export interface ProductProcess {
  readonly pid: number;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<Ended>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** SIGTERM, as a supervisor stops it; resolves when it has ended. */
  terminate(): Promise<Ended>;
  /** What it wrote, for the message of a failing test. */
  output(): string;
}

/** Runs `iter <command>`, of this release unless `bin` is that of another, and waits until `url` answers 200. */
export async function runProduct(
  command: string,
  env: Readonly<Record<string, string>>,
  readyUrl: string,
  bin: string = BIN,
): Promise<ProductProcess> {
  const child = spawn(process.execPath, [bin, command], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Ended>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  await until(
    `${command} to be ready`,
    async () => {
      if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${output}`);
      const response = await fetch(readyUrl).catch(() => undefined);
      return response?.ok;
    },
    READY_LIMIT_MS,
  );
  const terminate = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { pid: child.pid ?? 0, ended, kill: () => killed(child), terminate, output: () => output };
}

function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
