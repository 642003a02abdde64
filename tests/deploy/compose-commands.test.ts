import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { practiceSchema } from '../../src/api/schemas/practice';
import { DEMO_LOGINS } from '../../src/application/demo-data';
import { Person } from '../../src/cli/demo/person';
import { loadConfig } from '../../src/platform/config';
import { resolveClusterBinaries } from '../../src/platform/engine/cluster/binaries';
import { type EmbeddedPostgres, startPostgres } from '../../src/platform/engine/postgres';
import { freePort } from '../support/processes';
import { s3ServerProgram } from '../support/s3-server';
import { until } from '../support/until';
import { composeServices, inOrder, ROOT } from './compose';
import { type Containers, containers } from './containers';

const PASSWORDS = {
  POSTGRES_PASSWORD: 'superuser-of-the-test',
  ITER_DB_PASSWORD: 'application-of-the-test',
  TEMPORAL_DB_PASSWORD: 'engine-of-the-test',
  ITER_S3_ACCESS_KEY: 'iter',
  ITER_S3_SECRET_KEY: 'storage-of-the-test',
  ITER_PAYMENTS_SECRET: 'payments-of-the-test',
  ITER_METRICS_TOKEN: 'metrics-of-the-test',
};
const services = composeServices(PASSWORDS);
/** Of these two only the image has the program; nothing else waits for them. */
const ABSENT = ['temporal-ui', 'mailpit'];
const LIMIT_MS = 900_000;

let directory: string;
let postgres: EmbeddedPostgres;
let machine: Containers;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'iter-compose-'));
  const { cache, temporal } = loadConfig();
  const { serverPath, sqlToolPath } = temporal;
  const onProgress = (text: string) => process.stdout.write(`${text}\n`);
  const [binaries, storage] = [
    await resolveClusterBinaries({ serverPath, sqlToolPath, cacheDir: cache, onProgress }),
    await s3ServerProgram(),
  ];
  const port = await freePort();
  postgres = await startPostgres({ dataDir: join(directory, 'postgres'), cacheDir: cache, port });
  machine = await containers(directory, port, {
    temporalServer: binaries.server,
    sqlTool: binaries.sqlTool,
    temporal: process.env['ITER_TEST_TEMPORAL_BINARY'] ?? '',
    storage,
  });
}, LIMIT_MS);

afterAll(async () => {
  await machine?.stopAll();
  await postgres?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** What its container runs in a new data folder, done twice: by hand it must be safe to repeat. */
async function initialise(): Promise<void> {
  const { username, password, port } = new URL(postgres.url);
  const env = {
    ...process.env,
    ...services.get('postgres')?.environment,
    POSTGRES_USER: username,
    PGHOST: '127.0.0.1',
    PGPORT: port,
    PGPASSWORD: password,
  };
  for (let time = 0; time < 2; time += 1) {
    await promisify(execFile)(join(ROOT, 'deploy', 'postgres', 'init.sh'), [], { env });
  }
}

test(
  'the commands of docker-compose.yml, in their order, bring up a system in which a practice is filed and registered',
  async () => {
    for (const name of inOrder(services)) {
      const service = services.get(name);
      if (!service || ABSENT.includes(name)) continue;
      if (name === 'postgres') await initialise();
      else await machine.start(name, service);
    }
    const api = `http://127.0.0.1:${machine.portOf('api:3000')}`;
    const login = DEMO_LOGINS.find(({ username }) => username === 'paolo.esposito');
    if (!login) throw new Error('the demo municipality has changed');
    const citizen = await Person.logIn(api, { limitMs: 60_000, report: () => undefined }, login);
    const { id } = await citizen.openDraft('accesso-atti', 'compose.draft');
    await citizen.saveDraft(id, REQUEST);
    await citizen.act('send', `/api/v1/practices/${id}/submit`, undefined, 'compose.submit');
    await until(
      'the practice to be registered',
      async () => {
        const practice = await citizen.get('look', `/api/v1/practices/${id}`, practiceSchema);
        return practice.status === 'registered';
      },
      60_000,
    );
    expect(machine.output('migrate')).toMatch(/^applied: /);
    expect(machine.output('temporal-namespace')).toMatch(/The namespace iter is ready\.\n$/);
    expect(machine.output('provision')).toBe(
      `namespace iter is ready at 127.0.0.1:${machine.portOf('temporal:7233')}\n`,
    );
  },
  LIMIT_MS,
);

test('each account sees its own databases and no other, and none may do more than it must', async () => {
  const url = (user: string, password: string, database: string) =>
    `postgresql://${user}:${password}@127.0.0.1:${machine.portOf('postgres:5432')}/${database}`;
  const accounts = [
    ['iter_app', PASSWORDS.ITER_DB_PASSWORD],
    ['temporal', PASSWORDS.TEMPORAL_DB_PASSWORD],
  ] as const;
  const seen: unknown[] = [];
  for (const [user, password] of accounts) {
    for (const database of ['iter', 'temporal', 'temporal_visibility']) {
      const client = new pg.Client({ connectionString: url(user, password, database) });
      try {
        await client.connect();
        const { rows } = await client.query(
          'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
        );
        seen.push([user, database, rows]);
      } catch (error) {
        seen.push([user, database, (error as Error).message]);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }
  const modest = [{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }];
  const denied = (database: string) => `permission denied for database "${database}"`;
  expect(seen).toEqual([
    ['iter_app', 'iter', modest],
    ['iter_app', 'temporal', denied('temporal')],
    ['iter_app', 'temporal_visibility', denied('temporal_visibility')],
    ['temporal', 'iter', denied('iter')],
    ['temporal', 'temporal', modest],
    ['temporal', 'temporal_visibility', modest],
  ]);
});

test(
  'every step can be repeated on what runs',
  async () => {
    for (const name of inOrder(services)) {
      const service = services.get(name);
      if (service?.restart === 'on-failure:5') await machine.start(name, service);
    }
    expect(machine.output('migrate')).toMatch(/\nthe database is up to date\n$/);
  },
  LIMIT_MS,
);

test(
  'all connections together stay below what PostgreSQL admits, and the servers end well within their grace',
  async () => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend'",
    );
    await client.end();
    expect(rows[0].n).toBeLessThan(150);
    for (const [name, graceMs] of [
      ['api', 30_000],
      ['worker', 75_000],
      ['sandbox', 10_000],
    ] as const) {
      const { code, ms } = await machine.stop(name);
      expect([name, code]).toEqual([name, 0]);
      expect(ms).toBeLessThan(graceMs);
    }
  },
  LIMIT_MS,
);

const REQUEST = {
  applicant: {
    givenName: 'Paolo',
    familyName: 'Esposito',
    taxCode: 'SPSPLA78H22F839Z',
    email: 'paolo.esposito@posta.example',
  },
  request: {
    documents: 'Pratica edilizia relativa ai lavori in corso in viale Europa 42.',
    interest: 'Abito accanto e i lavori riguardano il muro comune.',
    mode: 'copy',
    privacy: true,
  },
};
