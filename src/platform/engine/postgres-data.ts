import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type Account, run } from './child-process';
import { EngineError, systemCode } from './engine-error';
import type { PostgresBinaries } from './postgres-binaries';
import { identifyProcess, workingDirectoryOf } from './process-identity';

/** How to point PostgreSQL at its data. */
export interface DataLocation {
  readonly argument: string;
  readonly cwd?: string;
}

/**
 * As root on Linux the account of PostgreSQL may be unable to walk to the data (a clone below a closed home).
 * The child enters the directory before it gives up root, and then knows it as its working directory.
 */
export function locateData(dataDir: string, account: Account | undefined): DataLocation {
  if (account === undefined || process.platform !== 'linux') return { argument: dataDir };
  return { argument: '/proc/self/cwd', cwd: dataDir };
}

/** The superuser's password: made at the first start, kept beside the data, readable by its owner only. */
export async function ensurePassword(dataDir: string): Promise<string> {
  const file = passwordFile(dataDir);
  if (!existsSync(file)) {
    await mkdir(dirname(file), { recursive: true });
    await writeNew(file, randomBytes(24).toString('base64url'));
  }
  return (await readFile(file, 'utf8')).trim();
}

/** Where the superuser's password lies. */
export function passwordFile(dataDir: string): string {
  return join(dirname(dataDir), 'postgres.secret');
}

/**
 * Makes the data directory at the first start.
 * @throws EngineError when `initdb` fails or the data belong to another major version.
 */
export async function ensureCluster(binaries: PostgresBinaries, dataDir: string, password: string): Promise<boolean> {
  const versionFile = join(dataDir, 'PG_VERSION');
  if (existsSync(versionFile)) {
    await assertSameMajor(binaries, dataDir, readFileSync(versionFile, 'utf8').trim());
    return false;
  }
  const fresh = `${dataDir}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o700 });
  if (binaries.account) await chown(fresh, binaries.account.uid, binaries.account.gid);
  await initialise(binaries, fresh, password);
  await rename(fresh, dataDir);
  return true;
}

/**
 * Refuses data that a living PostgreSQL serves, and clears the lock file of a dead one whose number somebody else
 * has got since: PostgreSQL itself cannot tell these two apart.
 * @throws EngineError when the data are in use: stop the other process, or choose another ITER_HOME.
 */
export async function assertNotServed(dataDir: string): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const [pidLine, , , port] = readFileSync(lock, 'utf8').split('\n');
  const pid = Number(pidLine);
  const holder = identifyProcess(pid);
  if (holder === undefined) return;
  const servesElsewhere = (workingDirectoryOf(pid) ?? realpathSync(dataDir)) !== realpathSync(dataDir);
  if (!basename(holder.executable).startsWith('postgres') || servesElsewhere) {
    await rm(lock);
    return;
  }
  throw new EngineError(
    'engine.database_in_use',
    `The database in ${dataDir} is already served by PostgreSQL process ${pid} on port ${port}.`,
    `Stop the Iter that started it (or process ${pid} itself), or set ITER_HOME to another directory.`,
  );
}

async function initialise(binaries: PostgresBinaries, directory: string, password: string): Promise<void> {
  const { account } = binaries;
  const location = locateData(directory, account);
  const pwfile = join(tmpdir(), `iter-${randomBytes(8).toString('hex')}`);
  await writeNew(pwfile, password);
  try {
    if (account) await chown(pwfile, account.uid, account.gid);
    const flags = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--username=iter', `--pwfile=${pwfile}`];
    const { argument, ...where } = location;
    const done = await run(join(binaries.directory, 'bin', 'initdb'), ['-D', argument, ...flags], {
      ...where,
      account,
    });
    if (done.code !== 0) {
      throw new EngineError(
        'engine.database_unusable',
        `The embedded PostgreSQL could not make its data in ${directory}:\n${done.output}`,
        'Put right what it complains about, or set DATABASE_URL to a PostgreSQL of your own.',
      );
    }
  } finally {
    await rm(pwfile, { force: true });
  }
}

async function assertSameMajor(binaries: PostgresBinaries, dataDir: string, dataVersion: string): Promise<void> {
  const { output } = await run(join(binaries.directory, 'bin', 'postgres'), ['--version'], {
    account: binaries.account,
  });
  const major = /(\d+)\./.exec(output)?.[1];
  if (major === dataVersion) return;
  throw new EngineError(
    'engine.database_unusable',
    `The data in ${dataDir} are of PostgreSQL ${dataVersion}, the embedded server is ${output}.`,
    `Dump them with the release of Iter that made them and restore the dump, or set ITER_HOME to a new directory.`,
  );
}

async function writeNew(file: string, content: string): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(content);
    await handle.close();
  } catch (error) {
    // Two first starts at once: the one who came first decides.
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}
