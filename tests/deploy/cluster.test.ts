import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { loadConfig } from '../../src/platform/config';
import { type ClusterBinaries, resolveClusterBinaries } from '../../src/platform/engine/cluster/binaries';
import { prepareTemporalDatabases } from '../../src/platform/engine/cluster/schema';
import { type ClusterOptions, startCluster } from '../../src/platform/engine/cluster/server';
import { type EmbeddedPostgres, startPostgres } from '../../src/platform/engine/postgres';
import type { EmbeddedTemporal } from '../../src/platform/engine/temporal-server';
import { SEARCH_ATTRIBUTES } from '../../src/platform/temporal/provision';
import { freePort } from '../support/processes';

jest.setTimeout(300_000);

const SHARDS = 8;
const { cache, temporal } = loadConfig();
const dir = mkdtempSync(join(tmpdir(), 'iter-cluster-'));
const running: EmbeddedTemporal[] = [];
let postgres: EmbeddedPostgres;
let binaries: ClusterBinaries;

beforeAll(async () => {
  const { serverPath, sqlToolPath } = temporal;
  const onProgress = (line: string) => process.stdout.write(`${line}\n`);
  binaries = await resolveClusterBinaries({ serverPath, sqlToolPath, cacheDir: cache, onProgress });
  postgres = await startPostgres({ dataDir: join(dir, 'postgres'), cacheDir: cache, port: await freePort() });
}, 900_000);
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});
afterAll(async () => {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function optionsOf(database: string): Promise<ClusterOptions> {
  return {
    binaries,
    postgresUrl: postgres.url,
    database,
    port: await freePort(),
    namespace: 'bugliano',
    logFile: join(dir, `${database}.log`),
    shards: SHARDS,
  };
}

async function start(options: ClusterOptions): Promise<EmbeddedTemporal> {
  const server = await startCluster(options);
  running.push(server);
  return server;
}

async function withClient<T>(address: string, work: (client: Client, connection: Connection) => Promise<T>) {
  const connection = await Connection.connect({ address });
  try {
    return await work(new Client({ connection, namespace: 'bugliano' }), connection);
  } finally {
    await connection.close();
  }
}

/** A workflow that waits for a worker that never comes. */
async function leaveWorkflow(address: string): Promise<string> {
  const workflowId = randomUUID();
  await withClient(address, (client) => client.workflow.start('any', { workflowId, taskQueue: 'nobody' }));
  return workflowId;
}

const statusOf = (address: string, workflowId: string) =>
  withClient(address, async (client) => (await client.workflow.getHandle(workflowId).describe()).status.name);

test('a cluster comes up with its namespace, thirty days of retention and our search attributes', async () => {
  const { address } = await start(await optionsOf('fresh'));
  await withClient(address, async (_client, connection) => {
    const { config } = await connection.workflowService.describeNamespace({ namespace: 'bugliano' });
    expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(30 * 86_400);
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'bugliano' });
    expect(customAttributes).toMatchObject(SEARCH_ATTRIBUTES);
    const { historyShardCount, serverVersion } = await connection.workflowService.getClusterInfo({});
    expect({ historyShardCount, serverVersion }).toEqual({ historyShardCount: SHARDS, serverVersion: '1.31.2' });
  });
});

test('a cluster that is stopped and started again has the workflows it had, also after a kill -9', async () => {
  const options = await optionsOf('again');
  const first = await start(options);
  const workflowId = await leaveWorkflow(first.address);
  await first.stop();
  const second = await start(options);
  expect(await statusOf(second.address, workflowId)).toBe('RUNNING');
  process.kill(second.pid, 'SIGKILL');
  await second.exited;
  const third = await start(options);
  expect(await statusOf(third.address, workflowId)).toBe('RUNNING');
});

test('a cluster says so when its databases were made with another number of shards, and goes on with theirs', async () => {
  const options = await optionsOf('shards');
  const first = await start(options);
  const workflowId = await leaveWorkflow(first.address);
  await first.stop();
  const told: string[] = [];
  const second = await start({ ...options, shards: 2 * SHARDS, onProgress: (line) => told.push(line) });
  expect(told).toEqual([
    'its databases are up to date',
    `its databases were made with ${SHARDS} history shards, which no setting can change; ${2 * SHARDS} were asked for and are ignored`,
  ]);
  expect(await statusOf(second.address, workflowId)).toBe('RUNNING');
});

test('two clusters run on one machine and one PostgreSQL at once, and know nothing of each other', async () => {
  const [one, other] = await Promise.all([start(await optionsOf('one')), start(await optionsOf('other'))]);
  const workflowId = await leaveWorkflow(one.address);
  expect(await statusOf(one.address, workflowId)).toBe('RUNNING');
  await expect(statusOf(other.address, workflowId)).rejects.toThrow('workflow not found');
});

test('the schema can be brought up to date as often as one likes', async () => {
  const versions: unknown[] = [];
  for (const _time of ['first', 'second']) {
    const databases = await prepareTemporalDatabases(postgres.url, binaries.sqlTool, 'repeated');
    const { user, password, host, port } = databases;
    for (const database of [databases.state, databases.visibility]) {
      const client = new pg.Client({ user, password, host, port, database });
      await client.connect();
      versions.push((await client.query('SELECT curr_version FROM schema_version')).rows);
      await client.end();
    }
  }
  expect(versions[0]).toEqual([{ curr_version: expect.stringMatching(/^1\.\d+$/) }]);
  expect(versions.slice(2)).toEqual(versions.slice(0, 2));
});

test("Temporal's role owns its databases, reads nothing of another and may make neither roles nor databases", async () => {
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('CREATE TABLE IF NOT EXISTS people (name text)');
  await admin.end();
  const { user, password, host, port } = await prepareTemporalDatabases(postgres.url, binaries.sqlTool, 'modest');
  const client = new pg.Client({ user, password, host, port, database: new URL(postgres.url).pathname.slice(1) });
  await client.connect();
  try {
    const { rows } = await client.query(
      'SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = $1',
      [user],
    );
    expect(rows).toEqual([
      { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false },
    ]);
    await expect(client.query('SELECT * FROM people')).rejects.toThrow('permission denied for table people');
    await expect(client.query('CREATE TABLE mine (name text)')).rejects.toThrow('permission denied for schema public');
  } finally {
    await client.end();
  }
});

test('a cluster that does not come up is refused with the end of its log', async () => {
  const options = await optionsOf('mute');
  const server = process.execPath;
  await expect(startCluster({ ...options, binaries: { ...binaries, server } })).rejects.toMatchObject({
    code: 'engine.not_ready',
    message: expect.stringContaining(
      `The Temporal server did not come up (exit code 9). Its log ${options.logFile} ends with:\n`,
    ),
    remedy: 'Put right what it complains about, or set TEMPORAL_ADDRESS to a Temporal cluster of your own.',
  });
});
