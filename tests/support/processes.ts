import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './until';

const BIN = join(__dirname, '..', '..', 'bin', 'iter.js');

/** A process of the product, started as an operator starts it. */
export interface ProductProcess {
  /** `kill -9`. */
  kill(): Promise<void>;
  /** What it wrote, for the message of a failing test. */
  output(): string;
}

/** Runs `iter <command>` and waits until `url` answers 200. */
export async function runProduct(
  command: string,
  env: Readonly<Record<string, string>>,
  readyUrl: string,
): Promise<ProductProcess> {
  const child = spawn(process.execPath, [BIN, command], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  await until(`${command} to be ready`, async () => {
    if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${output}`);
    const response = await fetch(readyUrl).catch(() => undefined);
    return response?.ok;
  });
  return { kill: () => killed(child), output: () => output };
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
