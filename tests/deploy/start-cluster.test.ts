import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { practiceSchema } from '../../src/api/schemas/practice';
import { DEMO_LOGINS } from '../../src/application/demo-data';
import { Person } from '../../src/cli/demo/person';
import { loadConfig } from '../../src/platform/config';
import { freePort } from '../support/processes';
import { until } from '../support/until';

jest.setTimeout(900_000);

const BIN = join(__dirname, '..', '..', 'bin', 'iter.js');
const PORTS = [
  ...['ITER_POSTGRES_PORT', 'ITER_TEMPORAL_PORT', 'ITER_TEMPORAL_UI_PORT', 'ITER_API_PORT'],
  ...['ITER_WORKER_HEALTH_PORT', 'ITER_SANDBOX_PORT', 'ITER_SANDBOX_SMTP_PORT'],
] as const;
/** The programs may have to be built first. */
const READY_LIMIT_MS = 600_000;
const STEP_LIMIT_MS = 120_000;

interface Started {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<unknown[]>;
}

const home = mkdtempSync(join(tmpdir(), 'iter-start-'));
const ports: Record<string, string> = {};
let started: Started | undefined;

beforeAll(async () => {
  for (const name of PORTS) ports[name] = String(await freePort());
});
afterAll(async () => {
  if (started?.child.exitCode === null) {
    started.child.kill('SIGINT');
    await started.ended;
  }
  rmSync(home, { recursive: true, force: true });
});

async function start(): Promise<Started> {
  const env = {
    ...process.env,
    ...{ NODE_OPTIONS: '', DATABASE_URL: '', TEMPORAL_ADDRESS: '', ITER_ENGINE: 'cluster', ITER_HOME: home },
    ITER_CACHE: loadConfig().cache,
    ...ports,
  };
  const child = spawn(process.execPath, [BIN, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const begun = { child, output: () => text, ended: once(child, 'close') };
  started = begun;
  await until(
    'iter start to be ready',
    () => {
      if (child.exitCode !== null) throw new Error(`it ended:\n${text}`);
      return text.includes('Ctrl-C stops everything.');
    },
    READY_LIMIT_MS,
  );
  return begun;
}

function logIn(username: string): Promise<Person> {
  const login = DEMO_LOGINS.find((each) => each.username === username);
  if (!login) throw new Error('the demo municipality has changed');
  const patience = { limitMs: STEP_LIMIT_MS, report: () => undefined };
  return Person.logIn(`http://127.0.0.1:${ports['ITER_API_PORT']}`, patience, login);
}

const look = (person: Person, id: string) => person.get('look', `/api/v1/practices/${id}`, practiceSchema);

function reach(person: Person, id: string, status: string): Promise<boolean> {
  return until(`practice to be ${status}`, async () => (await look(person, id)).status === status, STEP_LIMIT_MS);
}

test('iter start with ITER_ENGINE=cluster says which engine runs; practices live on over Ctrl-C and a kill -9 of it', async () => {
  const first = await start();
  const address = `127.0.0.1:${ports['ITER_TEMPORAL_PORT']}`;
  const ui = `http://127.0.0.1:${ports['ITER_TEMPORAL_UI_PORT']}`;
  expect(first.output()).toMatch(/^Temporal: production server v1\.31\.2 \(by (cache|build|settings)\) answers on /m);
  expect(first.output()).toContain(
    `  Temporal              production server on PostgreSQL, ${address}, namespace iter\n`,
  );
  expect(first.output()).toContain(`  Temporal UI           ${ui}\n`);
  const settings = await (await fetch(`${ui}/api/v1/settings`)).json();
  expect(settings).toMatchObject({ DefaultNamespace: 'iter', DisableWriteActions: true });

  const citizen = await logIn('paolo.esposito');
  const { id } = await citizen.openDraft('accesso-atti', 'start-cluster.draft');
  await citizen.saveDraft(id, REQUEST);
  await citizen.act('send', `/api/v1/practices/${id}/submit`, undefined, 'start-cluster.send');
  await reach(citizen, id, 'registered');
  first.child.kill('SIGINT');
  expect(await first.ended).toEqual([0, null]);

  const second = await start();
  const officer = await logIn('nadia.fabbri');
  const { actVersion } = await look(officer, id);
  await officer.act('take', `/api/v1/practices/${id}/take-charge`, { actVersion }, 'start-cluster.take');
  expect((await look(officer, id)).status).toBe('inCharge');

  process.kill(pidOf('temporal'), 'SIGKILL');
  await until('a new server', () => second.output().includes('temporal runs again'), STEP_LIMIT_MS);
  await citizen.act(
    'withdraw',
    `/api/v1/practices/${id}/withdrawals`,
    { reason: 'Non serve più.' },
    'start-cluster.withdraw',
  );
  await reach(citizen, id, 'withdrawn');
  second.child.kill('SIGINT');
  expect(await second.ended).toEqual([0, null]);
});

function pidOf(name: string): number {
  const { children } = JSON.parse(readFileSync(join(home, 'start.json'), 'utf8')) as {
    readonly children: readonly { readonly name: string; readonly process: { readonly pid: number } }[];
  };
  return children.find((child) => child.name === name)?.process.pid ?? 0;
}

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
