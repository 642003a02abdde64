import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../../src/platform/config';
import { postgresPackage } from '../../../src/platform/engine/postgres-binaries';
import {
  assertFreeSpace,
  assertPortFree,
  assertWritable,
  checkDirectories,
  checkMachine,
  freeSpace,
  gigabytes,
} from '../../../src/platform/engine/preflight';
import { freePort, refusal, takePort, withDirectory } from './support';

const home = (directory: string) => ({ directory, purpose: 'data', setting: 'ITER_HOME' });

describe('before the start', () => {
  test('a port that is taken is named with its purpose and its setting', async () => {
    const taken = await takePort();
    const wanted = { port: taken.port, host: '127.0.0.1', purpose: 'the API', setting: 'ITER_API_PORT' };
    const refused = await refusal(assertPortFree(wanted));
    // Who holds it is told by /proc, which other systems do not have.
    const by = process.platform === 'linux' ? `\\S.* \\(pid ${process.pid}\\)` : 'another process';
    expect(refused).toEqual({
      code: 'engine.port_unusable',
      message: expect.stringMatching(new RegExp(`^Port ${taken.port}, wanted for the API, is taken by ${by}\\.$`)),
      remedy: 'Stop that process, or set ITER_API_PORT to a free port.',
    });
    await taken.close();
    await expect(assertPortFree(wanted)).resolves.toBeUndefined();
  });

  test('an address of another machine cannot be opened', async () => {
    const port = await freePort();
    const wanted = { port, host: '192.0.2.1', purpose: 'the API', setting: 'ITER_API_PORT' };
    expect(await refusal(assertPortFree(wanted))).toEqual({
      code: 'engine.port_unusable',
      message: `Port ${port}, wanted for the API, cannot be opened on 192.0.2.1: EADDRNOTAVAIL.`,
      remedy: 'Set ITER_API_PORT to a port that this user may open on 192.0.2.1.',
    });
  });

  test('a directory in which nothing can be written is named with its setting', () =>
    withDirectory(async (directory) => {
      await writeFile(join(directory, 'file'), '');
      const wanted = join(directory, 'file', 'home');
      expect(await refusal(assertWritable(home(wanted)))).toEqual({
        code: 'engine.directory_unusable',
        message: `The data directory ${wanted} cannot be written: ENOTDIR.`,
        remedy: 'Give this user the right to write there, or set ITER_HOME to another directory.',
      });
    }));

  test('a disk that is too full is told in gigabytes', () =>
    withDirectory(async (directory) => {
      const free = await freeSpace(directory);
      const wanted = free + 100 * 1024 ** 3;
      expect(await refusal(assertFreeSpace(home(directory), wanted))).toEqual({
        code: 'engine.disk_full',
        message: expect.stringMatching(
          new RegExp(
            `^The data directory ${directory} has [0-9.]+ GB free; at least ${gigabytes(wanted)} is needed\\.$`,
          ),
        ),
        remedy: 'Free some space, or set ITER_HOME to a directory on another disk.',
      });
    }));

  test('a platform without an embedded PostgreSQL is told how to do without', async () => {
    expect(await refusal((async () => postgresPackage('sunos', 'x64'))())).toEqual({
      code: 'engine.platform_unsupported',
      message: 'There is no embedded PostgreSQL for sunos on x64.',
      remedy: 'Install PostgreSQL yourself and set DATABASE_URL to it.',
    });
  });

  test('everything that is wrong is told at once', () =>
    withDirectory(async (directory) => {
      await writeFile(join(directory, 'file'), '');
      const taken = [await takePort(), await takePort()];
      const [api, worker] = taken.map(({ port }) => String(port));
      const config = loadConfig({
        ITER_HOME: join(directory, 'file', 'home'),
        ITER_CACHE: join(directory, 'file', 'cache'),
        ITER_API_PORT: api,
        ITER_WORKER_HEALTH_PORT: worker,
        ITER_SANDBOX_PORT: String(await freePort()),
        ITER_SANDBOX_SMTP_PORT: String(await freePort()),
        DATABASE_URL: 'postgresql://elsewhere/iter',
        TEMPORAL_ADDRESS: 'elsewhere:7233',
      });
      const settings = (problems: readonly { remedy: string }[]) =>
        problems.map(({ remedy }) => /ITER_\w+/.exec(remedy)?.[0]);
      expect(settings(await checkDirectories(config))).toEqual(['ITER_HOME', 'ITER_CACHE']);
      expect(settings(await checkMachine(config))).toEqual(['ITER_API_PORT', 'ITER_WORKER_HEALTH_PORT']);
      for (const { close } of taken) await close();
    }));
});
