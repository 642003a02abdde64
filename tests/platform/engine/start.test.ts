import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { identifyProcess } from '../../../src/platform/engine/process-identity';
import { STAND_IN } from './stand-in';
import { cacheDir, eventually, freePort, temporalBinary, withDirectory } from './support';

jest.setTimeout(180_000);

const runRecord = z.object({
  children: z.array(z.object({ name: z.string(), process: z.object({ pid: z.number() }) })),
});
const engineFile = z.object({ databaseUrl: z.string(), temporalAddress: z.string() });
const PORTS = [
  ...['ITER_POSTGRES_PORT', 'ITER_TEMPORAL_PORT', 'ITER_TEMPORAL_UI_PORT', 'ITER_API_PORT'],
  ...['ITER_WORKER_HEALTH_PORT', 'ITER_SANDBOX_PORT', 'ITER_SANDBOX_SMTP_PORT'],
] as const;

interface Place {
  readonly home: string;
  readonly environment: Record<string, string>;
}

interface Started {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<unknown[]>;
}

async function withPlace(work: (place: Place) => Promise<void>): Promise<void> {
  await withDirectory(async (directory) => {
    const home = join(directory, 'home');
    await mkdir(home, { recursive: true });
    writeFileSync(join(directory, 'stand-in.cjs'), STAND_IN);
    const environment: Record<string, string> = {
      ITER_HOME: home,
      ITER_CACHE: cacheDir,
      TEMPORAL_CLI_PATH: await temporalBinary(),
    };
    for (const name of PORTS) environment[name] = String(await freePort());
    await work({ home, environment });
  });
}

function begin({ home, environment }: Place, readyLimitMs = 30_000): Started {
  const script = [join(__dirname, 'run-start.ts'), join(home, '..', 'stand-in.cjs'), String(readyLimitMs)];
  // An address of the tests' own database must not reach it: it is to use its embedded one.
  const env = { ...process.env, DATABASE_URL: '', TEMPORAL_ADDRESS: '', ...environment };
  const child = spawn(process.execPath, ['--import', 'tsx', ...script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return { process: child, output: () => text, ended: once(child, 'close') };
}

async function beginUntilReady(place: Place): Promise<Started> {
  const started = begin(place);
  await eventually('ready', () => {
    if (started.process.exitCode !== null) throw new Error(`it ended:\n${started.output()}`);
    return started.output().includes('Iter is ready') ? true : undefined;
  });
  return started;
}

function children({ home }: Place): Map<string, number> {
  const { children } = runRecord.parse(JSON.parse(readFileSync(join(home, 'start.json'), 'utf8')));
  return new Map(children.map(({ name, process }) => [name, process.pid]));
}

const trace = ({ home }: Place) => readFileSync(join(home, 'trace'), 'utf8').trim().split('\n');
const alive = (pids: Iterable<number>) => [...pids].filter((pid) => identifyProcess(pid) !== undefined);

async function kill(place: Place, name: string): Promise<number> {
  const pid = children(place).get(name);
  if (pid === undefined) throw new Error(`${name} is not on record`);
  process.kill(pid, 'SIGKILL');
  return pid;
}

describe('iter start', () => {
  test('runs everything, restarts what is killed, and stops all in order on SIGTERM', () =>
    withPlace(async (place) => {
      const started = await beginUntilReady(place);
      expect(started.output()).toContain(
        `API documentation     http://127.0.0.1:${place.environment['ITER_API_PORT']}/docs\n`,
      );
      expect(started.output()).toMatch(/operator +lucia +prova +Lucia Bianchi\n/);
      expect([...children(place).keys()].sort()).toEqual(['api', 'postgresql', 'sandbox', 'temporal', 'worker']);
      expect(trace(place).slice(0, 3)).toEqual(['migrate done', 'provision done', 'seed done']);

      for (const name of ['worker', 'postgresql', 'temporal']) {
        const pid = await kill(place, name);
        await eventually(`a new ${name}`, () => (started.output().includes(`${name} runs again`) ? true : undefined));
        expect(started.output()).toContain(
          `${name} (pid ${pid}) ended unexpectedly with signal SIGKILL; restart 1 in 1 s\n`,
        );
        expect(started.output()).toContain(`${name} runs again (pid ${children(place).get(name)}, restarts: 1)\n`);
      }
      const { databaseUrl } = engineFile.parse(JSON.parse(readFileSync(join(place.home, 'engine.json'), 'utf8')));
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      await client.end();

      const pids = [...children(place).values()];
      started.process.kill('SIGTERM');
      expect(await started.ended).toEqual([0, null]);
      expect(alive(pids)).toEqual([]);
      expect(trace(place).slice(-3)).toEqual(['api stopped', 'worker stopped', 'sandbox stopped']);
      expect(['engine.json', 'start.json'].filter((file) => existsSync(join(place.home, file)))).toEqual([]);
      expect(started.output()).toMatch(/Stopping; once more to force it\.\nStopped\.\n$/);
    }));

  test('refuses a second start on the same data, and after a kill -9 ends what was left behind', () =>
    withPlace(async (place) => {
      const first = await beginUntilReady(place);
      const second = begin(place);
      expect(await second.ended).toEqual([1, null]);
      expect(second.output()).toBe(
        `\nIter already runs on ${place.home} (pid ${first.process.pid}).\n` +
          'Stop it with Ctrl-C where it was started, or set ITER_HOME (and the ports) to run a second one beside it.\n',
      );
      const survivors = children(place);
      first.process.kill('SIGKILL');
      await first.ended;
      expect(alive(survivors.values())).toHaveLength(5);

      const third = await beginUntilReady(place);
      expect(alive(survivors.values())).toEqual([]);
      for (const [name, pid] of survivors) {
        expect(third.output()).toContain(`ending ${name} (pid ${pid}), left behind by a start that was killed\n`);
      }
      third.process.kill('SIGINT');
      expect(await third.ended).toEqual([0, null]);
    }));

  test('stops everything and shows the log when a step fails', () =>
    withPlace(async (place) => {
      writeFileSync(join(place.home, 'fail-provision'), '');
      const started = begin(place);
      expect(await started.ended).toEqual([1, null]);
      expect(started.output()).toContain(
        `Stopped.\n\niter provision failed with exit code 7. Its log ${join(place.home, 'logs', 'provision.log')} ends with:\n` +
          '{"msg":"provision was told to fail"}\nPut right what it complains about and start again.\n',
      );
      expect(trace(place)).toEqual(['migrate done']);
    }));

  test('says which server does not become ready', () =>
    withPlace(async (place) => {
      writeFileSync(join(place.home, 'mute-worker'), '');
      const started = begin(place, 3_000);
      expect(await started.ended).toEqual([1, null]);
      const url = `http://127.0.0.1:${place.environment['ITER_WORKER_HEALTH_PORT']}/ready`;
      expect(started.output()).toContain(`\nworker was not ready after 3 s (${url}: HTTP 503). Its log `);
    }));

  test('is ended by a second SIGINT even when a child does not obey, and by one while it still starts', () =>
    withPlace(async (place) => {
      const early = begin(place);
      await eventually('the first step', () => (early.output().includes('migrate …') ? true : undefined));
      early.process.kill('SIGINT');
      expect(await early.ended).toEqual([0, null]);

      const started = await beginUntilReady(place);
      const pids = children(place);
      process.kill(pids.get('api') ?? 0, 'SIGSTOP');
      started.process.kill('SIGINT');
      await eventually('the stop', () => (started.output().includes('Stopping') ? true : undefined));
      started.process.kill('SIGINT');
      expect(await started.ended).toEqual([130, null]);
      expect(alive(pids.values())).toEqual([]);
    }));
});
