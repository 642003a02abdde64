import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../../src/platform/config';
import { EngineError } from '../../../src/platform/engine/engine-error';
import { poll } from '../../../src/platform/engine/polling';
import { resolveTemporalBinary } from '../../../src/platform/engine/temporal-binary';

/** The cache of this machine: a copy of PostgreSQL and a build of Temporal are made once, not per test. */
export const cacheDir = loadConfig().cache;

export async function temporalBinary(): Promise<string> {
  return (await resolveTemporalBinary({ cliPath: loadConfig().temporal.cliPath, cacheDir })).path;
}

/** A directory below which only its owner may look, as `mktemp -d` makes it. */
export async function withDirectory(work: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'iter-engine-'));
  try {
    await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

export async function freePort(): Promise<number> {
  const { port, close } = await takePort();
  await close();
  return port;
}

/** A port that is taken: a free one unless it is named. */
export function takePort(wanted = 0): Promise<{ port: number; close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.unref();
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address !== 'object' || address === null) return reject(new Error('no port'));
      resolve({ port: address.port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}

/** What a person would read. */
export async function refusal(attempt: Promise<unknown>): Promise<{ code: string; message: string; remedy: string }> {
  const error: unknown = await attempt.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof EngineError)) throw error;
  return { code: error.code, message: error.message, remedy: error.remedy };
}

/** Waits for something that must come; fails with `what` when it does not. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined> | T | undefined,
  limitMs = 60_000,
): Promise<T> {
  const found = await poll(probe, { limitMs, everyMs: 50 });
  if (found === undefined) throw new Error(`${what} did not happen in ${limitMs} ms`);
  return found;
}
