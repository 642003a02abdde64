import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, type Running, run } from '../../src/platform/engine/child-process';
import { goInstall } from '../../src/platform/engine/go-install';
import { lastLines } from '../../src/platform/engine/log-file';
import { poll } from '../../src/platform/engine/polling';
import { freePort } from './processes';

/** Apache-2.0, one program, keeps objects as files with extended attributes. */
const PACKAGE = 'github.com/versity/versitygw/cmd/versitygw';
export const S3_SERVER_VERSION = 'v1.8.0';
const START_LIMIT_MS = 30_000;

export const S3_KEYS = { accessKey: 'iter-tests', secretKey: 'secret-of-the-tests' };
export const S3_REGION = 'it-bugliano-1';

/** A real S3 server; what it keeps outlives it. */
export interface S3Server {
  readonly endpoint: string;
  readonly port: number;
  /** `kill -9`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The server's program: the one that ITER_TEST_S3_SERVER names, the one in the cache, or made there by Go, which takes
 * some minutes the first time. Rejects with what to do when there is none of the three.
 */
export async function s3ServerProgram(cacheDir = process.env['ITER_TEST_CACHE'] ?? ''): Promise<string> {
  const named = process.env['ITER_TEST_S3_SERVER'];
  if (named) {
    if (await isServer(named)) return named;
    throw new Error(`ITER_TEST_S3_SERVER names ${named}, which is not the program versitygw: correct it or unset it`);
  }
  const target = join(cacheDir, 'versitygw', S3_SERVER_VERSION, 'versitygw');
  if (await isServer(target)) return target;
  const why = await goInstall([{ module: PACKAGE, version: S3_SERVER_VERSION, target }], {
    what: `versitygw ${S3_SERVER_VERSION}`,
    duration: 'about two minutes',
    onProgress: (line) => process.stdout.write(`${line}\n`),
  });
  if (why === undefined) return target;
  throw new Error(
    `These tests need a real S3 server, and none could be made (${why}). Install Go 1.25 or newer, or run ` +
      `\`go install ${PACKAGE}@${S3_SERVER_VERSION}\` elsewhere and name the program in ITER_TEST_S3_SERVER`,
  );
}

async function isServer(path: string): Promise<boolean> {
  const { code, output } = await run(path, ['--version'], { timeoutMs: 20_000 });
  return code === 0 && /version/i.test(output);
}

/** Serves the folders of `root` as buckets, on the given port or a free one, and waits until it answers. */
export async function startS3Server(root: string, port?: number): Promise<S3Server> {
  const program = await s3ServerProgram();
  const listen = port ?? (await freePort());
  const logFile = `${root}.log`;
  await mkdir(root, { recursive: true });
  const args = ['--access', S3_KEYS.accessKey, '--secret', S3_KEYS.secretKey, '--region', S3_REGION];
  const server = await launch(
    program,
    [...args, '--port', `127.0.0.1:${listen}`, '--keep-alive', '--health', '/health', '--quiet', 'posix', root],
    { logFile, stopWith: [{ signal: 'SIGTERM', graceMs: 5_000 }] },
  );
  const endpoint = `http://127.0.0.1:${listen}`;
  const answers = await poll(async () => (await fetch(`${endpoint}/health`).catch(() => undefined))?.ok || undefined, {
    limitMs: START_LIMIT_MS,
    everyMs: 50,
  });
  if (!answers) {
    await server.stop();
    throw new Error(`versitygw does not answer; its log ends with:\n${lastLines(logFile)}`);
  }
  return { endpoint, port: listen, stop: () => server.stop(), kill: () => killed(server) };
}

async function killed(server: Running): Promise<void> {
  process.kill(server.pid, 'SIGKILL');
  await server.exited;
}
