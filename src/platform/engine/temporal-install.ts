import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { run } from './child-process';
import { systemCode } from './engine-error';
import { goInstall } from './go-install';
import { withStagingDirectory } from './staging';

/** The last release that `go install` accepts: from v1.6.0 on its go.mod replaces a module. */
export const TEMPORAL_CLI_VERSION = 'v1.5.1';

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const ANSWER_LIMIT_MS = 5_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

export interface InstallOptions {
  /** Where the program is to be. */
  readonly target: string;
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal;
}

const archive = z.object({ archiveUrl: z.url({ protocol: /^https$/ }), fileToExtract: z.string() });

/** Downloads the program as the SDK would; answers why it could not, or `undefined` when it is there. */
export async function downloadTemporal(options: InstallOptions): Promise<string | undefined> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const query = new URLSearchParams({ arch, platform, format: 'tar.gz' });
  try {
    options.onProgress('looking for a download of the Temporal command line');
    const answer = await fetch(`https://temporal.download/cli/${TEMPORAL_CLI_VERSION}?${query}`, {
      signal: limited(ANSWER_LIMIT_MS, options.signal),
    });
    if (!answer.ok) return `it answered ${answer.status}`;
    const { archiveUrl, fileToExtract } = archive.parse(await answer.json());
    options.onProgress(`downloading the Temporal command line ${TEMPORAL_CLI_VERSION}`);
    return await install(options, (staging) => extract(archiveUrl, fileToExtract, staging, options.signal));
  } catch (error) {
    return whyUnreachable(error);
  }
}

/** Builds the program with Go; answers why it could not, or `undefined` when it is there. */
export function buildTemporal({ target, onProgress, signal }: InstallOptions): Promise<string | undefined> {
  return goInstall([{ module: PACKAGE, version: TEMPORAL_CLI_VERSION, target }], {
    what: `the Temporal command line ${TEMPORAL_CLI_VERSION}`,
    duration: 'about three to five minutes',
    onProgress,
    ...(signal ? { signal } : {}),
  });
}

async function extract(url: string, file: string, staging: string, signal: AbortSignal | undefined): Promise<string> {
  const packed = join(staging, 'archive.tar.gz');
  const answer = await fetch(url, { signal: limited(DOWNLOAD_LIMIT_MS, signal) });
  if (!answer.ok || answer.body === null) throw new InstallFailure(`${url} answered ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body), createWriteStream(packed));
  const unpacked = await run('tar', ['-xzf', packed, '-C', staging, file]);
  if (unpacked.code !== 0) throw new InstallFailure(`the archive cannot be unpacked by tar: ${unpacked.output}`);
  return join(staging, file);
}

class InstallFailure extends Error {}

async function install(
  { target }: InstallOptions,
  make: (staging: string) => Promise<string>,
): Promise<string | undefined> {
  const directory = dirname(target);
  try {
    await withStagingDirectory(dirname(directory), basename(directory), async (staging) => {
      const made = await make(staging);
      await chmod(made, 0o755);
      await mkdir(directory, { recursive: true });
      await rename(made, target);
    });
    return undefined;
  } catch (error) {
    if (error instanceof InstallFailure) return error.message;
    throw error;
  }
}

function limited(limitMs: number, signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([signal, AbortSignal.timeout(limitMs)]) : AbortSignal.timeout(limitMs);
}

function whyUnreachable(error: unknown): string {
  const late = typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
  return late ? `no answer in ${ANSWER_LIMIT_MS / 1000} s` : `not reachable: ${systemCode(error)}`;
}
