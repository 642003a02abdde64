import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { composeServices, ROOT, rawServices, variables } from './compose';

const execute = promisify(execFile);
const NEEDED = [
  ...['POSTGRES_PASSWORD', 'ITER_DB_PASSWORD', 'TEMPORAL_DB_PASSWORD', 'ITER_S3_ACCESS_KEY', 'ITER_S3_SECRET_KEY'],
  ...['ITER_PAYMENTS_SECRET', 'ITER_METRICS_TOKEN'],
];
const REMEDY = 'run deploy/make-env.sh, which writes it to .env';

test('no secret stands in docker-compose.yml: each comes from a variable without default', () => {
  const secret = /PASSWORD|PWD|SECRET|TOKEN|ACCESS_KEY|DATABASE_URL/;
  const found = [...rawServices()].flatMap(([name, { environment }]) =>
    Object.entries(environment)
      .filter(([key]) => secret.test(key))
      .map(([key, value]) => [name, key, value]),
  );
  expect(found.length).toBeGreaterThan(20);
  for (const [name, key, value] of found) {
    expect([name, key, value]).toEqual([name, key, expect.stringMatching(/\$\{\w+:\?run deploy\/make-env\.sh/)]);
  }
});

test.each(NEEDED)('without %s nothing starts, and the message says what to do', (missing) => {
  const env = Object.fromEntries(NEEDED.filter((name) => name !== missing).map((name) => [name, 'x'.repeat(16)]));
  expect(() => composeServices(env)).toThrow(`required variable ${missing} is missing a value: ${REMEDY}`);
  expect(composeServices({ ...env, [missing]: 'y'.repeat(16) }).size).toBe(rawServices().size);
});

test('.env.example names every variable of docker-compose.yml, and no value of a secret', () => {
  const lines = readFileSync(join(ROOT, '.env.example'), 'utf8').split('\n');
  const settings = lines.flatMap((line) => {
    const [, optional, name = '', value] = /^(#?)([A-Z]\w+)=(.*)$/.exec(line) ?? [];
    return name === '' ? [] : [{ name, optional: optional === '#', value }];
  });
  const needed = settings.filter(({ optional }) => !optional);
  expect(needed).toEqual(NEEDED.map((name) => ({ name, optional: false, value: '' })));
  expect(new Set([...settings.map(({ name }) => name), 'ITER_VERSION'])).toEqual(new Set(variables().keys()));
  const refusing = [...variables()].filter(([, kind]) => kind === 'needed').map(([name]) => name);
  expect(refusing.sort()).toEqual([...NEEDED].sort());
});

test('make-env.sh writes new secrets that only their owner may read, and never over others', async () => {
  const made = await Promise.all([makeEnv(), makeEnv()]);
  try {
    const [one = {}, other = {}] = made.map(({ values }) => values);
    expect(Object.keys(one)).toEqual(NEEDED);
    for (const name of NEEDED.filter((each) => each !== 'ITER_S3_ACCESS_KEY')) {
      expect(one[name]).toMatch(/^[0-9a-f]{48}$/);
      expect(one[name]).not.toBe(other[name]);
    }
    expect(new Set(Object.values(one)).size).toBe(NEEDED.length);
    const { directory, mode } = made[0];
    expect(mode).toBe(0o600);
    const again = await execute('sh', [join(directory, 'deploy', 'make-env.sh')]).catch((error: unknown) => error);
    expect(again).toMatchObject({
      code: 1,
      stderr: `${directory}/.env is there already and stays as it is. Remove it only together with the volumes made with it.\n`,
    });
    expect(readEnv(directory)).toEqual(one);
  } finally {
    for (const { directory } of made) rmSync(directory, { recursive: true });
  }
});

async function makeEnv() {
  const directory = mkdtempSync(join(tmpdir(), 'iter-env-'));
  cpSync(join(ROOT, 'deploy'), join(directory, 'deploy'), { recursive: true });
  const { stdout } = await execute(join(directory, 'deploy', 'make-env.sh'), [], { cwd: '/' });
  expect(stdout).toBe(
    `${directory}/.env is written, readable by its owner alone. Keep a copy where the backups are.\n`,
  );
  return { directory, values: readEnv(directory), mode: statSync(join(directory, '.env')).mode & 0o777 };
}

function readEnv(directory: string): Record<string, string> {
  const lines = readFileSync(join(directory, '.env'), 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}
