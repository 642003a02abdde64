import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { launch, run } from '../../src/platform/engine/child-process';
import { EngineError, systemCode } from '../../src/platform/engine/engine-error';
import { lastLines } from '../../src/platform/engine/log-file';
import { poll } from '../../src/platform/engine/polling';
import { withStagingDirectory } from '../../src/platform/engine/staging';

export const TEST_SERVER_VERSION = '1.38.0';

const START_LIMIT_MS = 30_000;

export interface TestServerOptions {
  /** The value of ITER_TEST_SERVER_PATH. */
  readonly path?: string | undefined;
  readonly cacheDir: string;
  readonly onProgress?: (line: string) => void;
}

/**
 * Finds the time-skipping server for tests of deadlines, or makes it from Maven's repository: the named one, the one in
 * the cache, Java with Maven. `undefined` means that the SDK should download its own.
 * @throws EngineError when the named or the newly made one does not start.
 */
export async function resolveTestServer(options: TestServerOptions): Promise<string | undefined> {
  const { path, cacheDir, onProgress } = options;
  if (path !== undefined) {
    const failure = await tryStart(path);
    if (failure !== undefined) throw unusable(path, failure);
    return path;
  }
  const parent = join(cacheDir, 'temporal-test-server');
  const launcher = join(parent, TEST_SERVER_VERSION, 'temporal-test-server');
  if ((await tryStart(launcher)) === undefined) return launcher;
  if (!(await hasJavaAndMaven())) return undefined;
  onProgress?.(`fetching Temporal's time-skipping test server ${TEST_SERVER_VERSION} with Maven (once)`);
  const fetched = await fetchByMaven(parent);
  if (!fetched) return undefined;
  const failure = await tryStart(launcher);
  if (failure !== undefined) throw unusable(launcher, failure);
  return launcher;
}

async function hasJavaAndMaven(): Promise<boolean> {
  const found = await Promise.all([run('java', ['-version']), run('mvn', ['--version'])]);
  return found.every((result) => result.code === 0);
}

async function fetchByMaven(parent: string): Promise<boolean> {
  return withStagingDirectory(parent, TEST_SERVER_VERSION, async (staging) => {
    const made = join(staging, 'made');
    await mkdir(made);
    await writeFile(join(staging, 'pom.xml'), pom());
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(made, 'lib')}`];
    const copied = await run('mvn', ['-q', '-B', '-f', join(staging, 'pom.xml'), ...goal]);
    if (copied.code !== 0) return false;
    const launcher = join(made, 'temporal-test-server');
    await writeFile(launcher, script());
    await chmod(launcher, 0o755);
    const final = join(parent, TEST_SERVER_VERSION);
    await rm(final, { recursive: true, force: true });
    await rename(made, final);
    return true;
  });
}

function pom(): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>iter</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${TEST_SERVER_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;
}

function script(): string {
  // The flag that unlocks time is left out: the SDK expects it locked at the start and unlocks it while it waits.
  return `#!/bin/sh
exec java -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$1"
`;
}

/** Starts the server as the SDK would, with a port as its one argument; answers why it failed, or `undefined`. */
async function tryStart(path: string): Promise<string | undefined> {
  const port = await freePort();
  const logFile = join(tmpdir(), `iter-test-server-${process.pid}-${port}.log`);
  try {
    const server = await launch(path, [String(port)], { logFile, stopWith: [{ signal: 'SIGTERM', graceMs: 5_000 }] });
    let ended = false;
    void server.exited.then(() => {
      ended = true;
    });
    const probe = async () => (ended ? 'ended' : (await answers(port)) ? 'answers' : undefined);
    const outcome = await poll(probe, { limitMs: START_LIMIT_MS, everyMs: 100 });
    await server.stop();
    if (outcome === 'answers') return undefined;
    return outcome === 'ended'
      ? `it ended at once:\n${lastLines(logFile)}`
      : `no answer in ${START_LIMIT_MS / 1000} s.`;
  } catch (error) {
    return `${systemCode(error)}.`;
  } finally {
    await rm(logFile, { force: true });
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address: `127.0.0.1:${port}`, connectTimeout: 1_000 });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

function unusable(path: string, reason: string): EngineError {
  return new EngineError(
    'engine.binary_unusable',
    `The time-skipping test server ${path} does not start: ${reason}`,
    'Set ITER_TEST_SERVER_PATH to a program that takes a port as its argument, or leave it unset.',
  );
}
