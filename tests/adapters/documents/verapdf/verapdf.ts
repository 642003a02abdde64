import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadConfig } from '../../../../src/platform/config';

const run = promisify(execFile);
const VERSION = '1.26.1';
/** A first download over a slow line; afterwards the jars are in the cache. */
const DOWNLOAD_MS = 240_000;

/** The verdict of veraPDF: one line for each file, `compliant` or `violation`, and one for each violated rule. */
export type Verdict = (files: readonly string[]) => Promise<string[]>;

/**
 * veraPDF, from the cache or through Maven. Without a JDK, without Maven or without a network it is absent: the
 * reason is returned instead.
 */
export async function findVeraPdf(): Promise<Verdict | { readonly absent: string }> {
  if (!(await answers('javac', ['-version']))) return { absent: 'no JDK on the PATH' };
  const jars = join(loadConfig().cache, `verapdf-${VERSION}`);
  if (!existsSync(jars)) {
    if (!(await answers('mvn', ['-version']))) return { absent: 'no Maven on the PATH' };
    const problem = await download(jars);
    if (problem !== undefined) return { absent: `its jars could not be fetched (${problem})` };
  }
  return async (files) => {
    const program = join(__dirname, 'CheckPdfa.java');
    // The exit code says the same as the lines, which say more.
    const { stdout, stderr } = await run('java', ['-cp', join(jars, '*'), program, ...files]).catch(outputOf);
    const lines = stdout.split('\n').filter((line) => line !== '');
    if (lines.length < files.length) throw new Error(`veraPDF did not judge every file: ${stderr}`);
    return lines;
  };
}

async function answers(program: string, args: readonly string[]): Promise<boolean> {
  return run(program, [...args]).then(
    () => true,
    () => false,
  );
}

/** Into a directory of its own first: a download cut short must not look like a complete one. */
async function download(target: string): Promise<string | undefined> {
  try {
    await mkdir(join(target, '..'), { recursive: true });
    const temporary = await mkdtemp(`${target}-`);
    try {
      const pom = join(__dirname, 'pom.xml');
      const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${temporary}`];
      await run('mvn', args, { timeout: DOWNLOAD_MS });
      await rename(temporary, target);
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
    return undefined;
  } catch (error) {
    return String(error).split('\n')[0];
  }
}

function outputOf(error: unknown): { stdout: string; stderr: string } {
  if (typeof error === 'object' && error !== null && 'stdout' in error && 'stderr' in error) {
    return { stdout: String(error.stdout), stderr: String(error.stderr) };
  }
  throw error;
}
