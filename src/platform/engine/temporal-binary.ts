import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { run } from './child-process';
import { EngineError } from './engine-error';
import { buildTemporal, downloadTemporal, TEMPORAL_CLI_VERSION } from './temporal-install';

export interface TemporalBinaryOptions {
  /** The value of TEMPORAL_CLI_PATH. */
  readonly cliPath: string | undefined;
  readonly cacheDir: string;
  readonly onProgress?: (line: string) => void;
  /** Ends a download or a build early. */
  readonly signal?: AbortSignal;
}

export interface TemporalBinary {
  /** A path, or the bare name when it is found on PATH. */
  readonly path: string;
  /** Of the server inside, e.g. `1.29.1`: a database file does not outlive a change of it. */
  readonly serverVersion: string;
  readonly from: 'TEMPORAL_CLI_PATH' | 'PATH' | 'cache' | 'SDK download' | 'download' | 'build';
}

const sdkManifest = z.object({ version: z.string() });

/**
 * Finds the Temporal command line, which holds the development server, or brings it here: the named one, the one on
 * PATH, the one in the cache, a download, a build by Go.
 * @throws EngineError naming the four ways and why each failed: open one of them.
 */
export async function resolveTemporalBinary(options: TemporalBinaryOptions): Promise<TemporalBinary> {
  const { cliPath, cacheDir } = options;
  if (cliPath !== undefined) {
    const named = await inspect(cliPath);
    if (typeof named === 'string')
      throw missing(ways({ cliPath: `${cliPath}: ${named}`, rest: 'not tried, because TEMPORAL_CLI_PATH is set' }));
    return { ...named, from: 'TEMPORAL_CLI_PATH' };
  }
  const onPath = await inspect('temporal');
  if (typeof onPath !== 'string') return { ...onPath, from: 'PATH' };
  const cached = join(
    cacheDir,
    'temporal-cli',
    TEMPORAL_CLI_VERSION,
    process.platform === 'win32' ? 'temporal.exe' : 'temporal',
  );
  const inCache = await inspect(cached);
  if (typeof inCache !== 'string') return { ...inCache, from: 'cache' };
  const bySdk = await inspectSdkDownload();
  if (bySdk !== undefined) return { ...bySdk, from: 'SDK download' };
  return bring(options, cached, `${onPath}; ${cached}: ${inCache}`);
}

async function bring(options: TemporalBinaryOptions, target: string, onPath: string): Promise<TemporalBinary> {
  const install = {
    target,
    onProgress: options.onProgress ?? (() => undefined),
    ...(options.signal ? { signal: options.signal } : {}),
  };
  const download = (await downloadTemporal(install)) ?? (await inspect(target));
  if (typeof download !== 'string') return { ...download, from: 'download' };
  options.signal?.throwIfAborted();
  const build = (await buildTemporal(install)) ?? (await inspect(target));
  if (typeof build !== 'string') return { ...build, from: 'build' };
  options.signal?.throwIfAborted();
  throw missing(ways({ cliPath: 'not set', onPath, download, build }));
}

/** Answers what the program is, or in words why it is not the one we need. */
async function inspect(path: string): Promise<{ path: string; serverVersion: string } | string> {
  const { code, output } = await run(path, ['--version'], { timeoutMs: 20_000 });
  if (code === undefined) return output === 'ENOENT' ? 'not found' : `cannot be run (${output})`;
  const serverVersion = /^temporal version .*\(Server ([^,)]+)/m.exec(output)?.[1];
  if (code !== 0 || serverVersion === undefined) return 'is not the Temporal command line';
  return { path, serverVersion };
}

/** The SDK's own test environment leaves its download in the folder for temporary files. */
async function inspectSdkDownload(): Promise<{ path: string; serverVersion: string } | undefined> {
  const path = join(
    tmpdir(),
    `temporal-sdk-typescript-${await sdkVersion()}${process.platform === 'win32' ? '.exe' : ''}`,
  );
  if (!existsSync(path)) return undefined;
  // Anybody may write in that folder; what another user put there is not run.
  if (process.getuid && statSync(path).uid !== process.getuid()) return undefined;
  const found = await inspect(path);
  return typeof found === 'string' ? undefined : found;
}

async function sdkVersion(): Promise<string> {
  const file = require.resolve('@temporalio/client/package.json');
  return sdkManifest.parse(JSON.parse(await readFile(file, 'utf8'))).version;
}

interface WhyNot {
  readonly cliPath: string;
  readonly onPath: string;
  readonly download: string;
  readonly build: string;
}

function ways(why: WhyNot | { readonly cliPath: string; readonly rest: string }): WhyNot {
  return 'rest' in why ? { cliPath: why.cliPath, onPath: why.rest, download: why.rest, build: why.rest } : why;
}

function missing(why: WhyNot): EngineError {
  const lines = [
    'The Temporal development server is not to be had. There are four ways to it:',
    `  1. TEMPORAL_CLI_PATH, the path of a temporal program (${why.cliPath})`,
    `  2. temporal on PATH or in the cache directory (${why.onPath})`,
    `  3. a download from temporal.download (${why.download})`,
    `  4. a build by Go 1.25 or newer: go install github.com/temporalio/cli/cmd/temporal@${TEMPORAL_CLI_VERSION} (${why.build})`,
  ];
  return new EngineError(
    'engine.temporal_missing',
    lines.join('\n'),
    'Open one of these ways, or set TEMPORAL_ADDRESS to a Temporal cluster of your own.',
  );
}
