import { readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, startPostgres } from '../../../src/platform/engine/postgres';
import { passwordFile } from '../../../src/platform/engine/postgres-data';
import { cacheDir, freePort, refusal, takePort, withDirectory } from './support';

jest.setTimeout(120_000);

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function withPostgres(
  dataDir: string,
  port: number,
  work: (server: EmbeddedPostgres) => Promise<void>,
): Promise<void> {
  const server = await startPostgres({ dataDir, cacheDir, port });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

const commandOfThisProcess = () =>
  process.platform === 'linux' ? readFileSync('/proc/self/comm', 'utf8').trim() : undefined;

describe('the embedded PostgreSQL', () => {
  test('starts with durable settings, on the loopback address only, and copies databases from a template', () =>
    withDirectory(async (home) => {
      await withPostgres(join(home, 'postgres'), await freePort(), async ({ url, createDatabase }) => {
        const shown = `SELECT current_user AS "user", current_database() AS db, current_setting('fsync') AS fsync,
          current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
          current_setting('max_connections') AS connections, current_setting('server_encoding') AS encoding`;
        expect(await query(url, shown)).toEqual([
          {
            user: 'iter',
            db: 'iter',
            fsync: 'on',
            addresses: '127.0.0.1',
            sockets: '',
            connections: '200',
            encoding: 'UTF8',
          },
        ]);
        const template = await createDatabase('template_of_tests');
        await query(template, 'CREATE TABLE kept AS SELECT 7 AS number');
        expect(await query(await createDatabase('copy "one"', 'template_of_tests'), 'SELECT * FROM kept')).toEqual([
          { number: 7 },
        ]);
        await expect(createDatabase('template_of_tests')).rejects.toMatchObject({ code: '42P04' });
      });
      expect((await stat(passwordFile(join(home, 'postgres')))).mode & 0o777).toBe(0o600);
    }));

  test('keeps its data over a stop and a start', () =>
    withDirectory(async (home) => {
      const [dataDir, port] = [join(home, 'postgres'), await freePort()];
      await withPostgres(dataDir, port, async ({ url }) => {
        await query(url, 'CREATE TABLE practice AS SELECT 1 AS id');
      });
      await withPostgres(dataDir, port, async ({ url }) => {
        expect(await query(url, 'SELECT * FROM practice')).toEqual([{ id: 1 }]);
      });
    }));

  test('survives a kill -9 of its postmaster with everything that was committed', () =>
    withDirectory(async (home) => {
      const [dataDir, port] = [join(home, 'postgres'), await freePort()];
      const killed = await startPostgres({ dataDir, cacheDir, port });
      await query(killed.url, 'CREATE TABLE practice AS SELECT 1 AS id');
      process.kill(killed.pid, 'SIGKILL');
      expect(await killed.exited).toEqual({ code: null, signal: 'SIGKILL' });
      await withPostgres(dataDir, port, async ({ url }) => {
        expect(await query(url, 'SELECT * FROM practice')).toEqual([{ id: 1 }]);
      });
    }));

  test('starts when the lock file of a dead postmaster names a process that is none', () =>
    withDirectory(async (home) => {
      const [dataDir, port] = [join(home, 'postgres'), await freePort()];
      await withPostgres(dataDir, port, async () => undefined);
      writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n${port}\n`);
      await withPostgres(dataDir, port, async ({ url }) => {
        expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
      });
    }));

  test('refuses a port that is taken and says by whom and what to change', () =>
    withDirectory(async (home) => {
      const taken = await takePort();
      const command = commandOfThisProcess();
      const holder = command === undefined ? 'another process' : `${command} (pid ${process.pid})`;
      expect(await refusal(startPostgres({ dataDir: join(home, 'postgres'), cacheDir, port: taken.port }))).toEqual({
        code: 'engine.port_unusable',
        message: `Port ${taken.port}, wanted for the embedded PostgreSQL, is taken by ${holder}.`,
        remedy: 'Stop that process, or set ITER_POSTGRES_PORT to a free port.',
      });
      await taken.close();
    }));

  test('refuses data that another PostgreSQL serves', () =>
    withDirectory(async (home) => {
      const [dataDir, port] = [join(home, 'postgres'), await freePort()];
      await withPostgres(dataDir, port, async ({ pid }) => {
        expect(await refusal(startPostgres({ dataDir, cacheDir, port: await freePort() }))).toEqual({
          code: 'engine.database_in_use',
          message: `The database in ${dataDir} is already served by PostgreSQL process ${pid} on port ${port}.`,
          remedy: `Stop the Iter that started it (or process ${pid} itself), or set ITER_HOME to another directory.`,
        });
      });
    }));

  test('says which file is wrong when the password was lost', () =>
    withDirectory(async (home) => {
      const [dataDir, port] = [join(home, 'postgres'), await freePort()];
      await withPostgres(dataDir, port, async () => undefined);
      writeFileSync(passwordFile(dataDir), 'not the one');
      expect(await refusal(startPostgres({ dataDir, cacheDir, port }))).toEqual({
        code: 'engine.database_unusable',
        message: `The password in ${passwordFile(dataDir)} does not open the database in ${dataDir}.`,
        remedy: 'Bring back the file that was made with these data, or set ITER_HOME to a new directory.',
      });
    }));

  test('works below a directory that only its owner may enter', () =>
    withDirectory(async (directory) => {
      const home = join(directory, 'closed', 'home');
      await mkdir(home, { recursive: true, mode: 0o700 });
      await chmod(join(directory, 'closed'), 0o700);
      await withPostgres(join(home, 'postgres'), await freePort(), async ({ url, pid }) => {
        expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
        // Only for root is this a feat: PostgreSQL refuses to be root, and its own account may not enter there.
        if (process.getuid?.() === 0) expect((await stat(`/proc/${pid}`)).uid).not.toBe(0);
      });
    }));
});
