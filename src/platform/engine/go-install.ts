import { existsSync } from 'node:fs';
import { chmod, mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { run } from './child-process';
import { freeSpace, gigabytes } from './preflight';
import { withStagingDirectory } from './staging';

const BUILD_BYTES = 3 * 1024 ** 3;
const PROGRESS_EVERY_MS = 5_000;
const EXE = process.platform === 'win32' ? '.exe' : '';

/** A program that Go can build from the public module proxy. */
export interface GoProgram {
  /** Import path of its main package. */
  readonly module: string;
  readonly version: string;
  /** Path in which it is to be; `go install` names it after the last part of its import path. */
  readonly target: string;
}

export interface GoInstallOptions {
  /** Named in what is reported: "the Temporal server". */
  readonly what: string;
  /** How long it takes, for who waits. */
  readonly duration: string;
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Builds programs that belong together, all into one folder, which appears whole. Answers in words why it could not,
 * or `undefined` when they are there.
 */
export async function goInstall(
  programs: readonly [GoProgram, ...GoProgram[]],
  options: GoInstallOptions,
): Promise<string | undefined> {
  const directory = dirname(programs[0].target);
  const go = await run('go', ['env', 'GOCACHE', 'GOMODCACHE'], { timeoutMs: 20_000 });
  if (go.code === undefined) return 'there is no go on PATH';
  if (go.code !== 0) return `go env failed: ${go.output}`;
  for (const place of [...go.output.split('\n'), directory]) {
    const free = await freeSpace(nearestExisting(place));
    if (free < BUILD_BYTES)
      return `the disk of ${place} has ${gigabytes(free)} free, the build needs ${gigabytes(BUILD_BYTES)}`;
  }
  return withStagingDirectory(dirname(directory), basename(directory), async (staging) => {
    const failure = await build(staging, programs, options);
    if (failure !== undefined) return failure;
    await mkdir(directory, { recursive: true });
    for (const { module, target } of programs) {
      const made = join(staging, `${basename(module)}${EXE}`);
      await chmod(made, 0o755);
      await rename(made, target);
    }
    return undefined;
  });
}

async function build(
  staging: string,
  programs: readonly GoProgram[],
  { what, duration, onProgress, signal }: GoInstallOptions,
): Promise<string | undefined> {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  onProgress(`building ${what} with Go (${duration}, once)`);
  const ticker = setInterval(() => onProgress(`building ${what}: ${seconds()} s`), PROGRESS_EVERY_MS);
  try {
    // One version of one module at a time is all that `go install` takes.
    for (const { module, version } of programs) {
      const made = await run('go', ['install', `${module}@${version}`], {
        environment: { GOBIN: staging },
        ...(signal ? { signal } : {}),
      });
      if (made.code !== 0) return `go install failed: ${made.output.split('\n').slice(-5).join('\n')}`;
    }
    onProgress(`built ${what} in ${seconds()} s`);
    return undefined;
  } finally {
    clearInterval(ticker);
  }
}

function nearestExisting(directory: string): string {
  return existsSync(directory) || dirname(directory) === directory ? directory : nearestExisting(dirname(directory));
}
