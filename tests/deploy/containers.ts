import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { innerPorts } from '../../src/platform/engine/cluster/server';
import { freePort } from '../support/processes';
import { until } from '../support/until';
import { ROOT, type Service } from './compose';

/** Where a service of docker-compose.yml listens, here and inside the network of its containers. */
type Listener = 'postgres:5432' | 'temporal:7233' | 'storage:7070' | 'mailpit:1025' | 'sandbox:3100' | 'api:3000';

export interface Programs {
  readonly temporalServer: string;
  readonly sqlTool: string;
  readonly temporal: string;
  readonly storage: string;
}

/** What runs the services of docker-compose.yml without containers: their own commands and environment, our addresses. */
export interface Containers {
  /** Port of this machine on which a service is reached. */
  portOf(listener: Listener): number;
  /** Runs a step to its end or starts a server; resolves when it has ended well or is well. @throws what it said */
  start(name: string, service: Service): Promise<void>;
  /** SIGTERM; answers how it ended and after how long. */
  stop(name: string): Promise<{ readonly code: number | null; readonly ms: number }>;
  stopAll(): Promise<void>;
  output(name: string): string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
}

const LIMIT_MS = 120_000;
const WORKER_PORT = '127.0.0.1:3200';

/** @param directory - in which volumes and temporary folders are made */
export async function containers(directory: string, postgresPort: number, programs: Programs): Promise<Containers> {
  const smtp = await freePort();
  const ports = {
    'postgres:5432': postgresPort,
    'temporal:7233': await freePort(),
    'storage:7070': await freePort(),
    'mailpit:1025': smtp,
    'sandbox:3100': await freePort(),
    'api:3000': await freePort(),
  };
  const addresses: Readonly<Record<string, number>> = { ...ports, [WORKER_PORT]: await freePort() };
  const path = programPath(directory, programs);
  const started = new Map<string, Started>();
  const outputs = new Map<string, string>();

  /** Addresses and paths of the containers, as they are here. */
  const here = (text: string): string => {
    let result = text;
    for (const [address, port] of Object.entries(addresses)) {
      const [, inner] = address.split(':');
      result = result.replaceAll(address, `127.0.0.1:${port}`).replaceAll(`127.0.0.1:${inner}/`, `127.0.0.1:${port}/`);
    }
    return result
      .replace(/^\/deploy\//, `${ROOT}/deploy/`)
      .replaceAll(/(?<![\w/])\/(data|spool)(?=[/\s]|$)/g, `${directory}/$1`)
      .replace(/^\/tmp\/iter$/, join(directory, 'home'))
      .replace('1000:1000', `${process.getuid?.()}:${process.getgid?.()}`);
  };

  const environmentOf = async (name: string, given: Service['environment']): Promise<Record<string, string>> => {
    const addressed: Record<string, string> = {
      SQL_HOST: '127.0.0.1',
      SQL_PORT: String(postgresPort),
      POSTGRES_SEEDS: '127.0.0.1',
      DB_PORT: String(postgresPort),
      BIND_ON_IP: '127.0.0.1',
      VGW_PORT: `127.0.0.1:${ports['storage:7070']}`,
      ITER_API_HOST: '127.0.0.1',
      ITER_API_PORT: String(ports['api:3000']),
      ITER_WORKER_HEALTH_PORT: String(addresses[WORKER_PORT]),
      ITER_SANDBOX_HOST: '127.0.0.1',
      ITER_SANDBOX_PORT: String(ports['sandbox:3100']),
    };
    const environment = Object.entries(given).map(([key, value]) => [key, addressed[key] ?? here(value)]);
    const frontend = ports['temporal:7233'];
    return {
      PATH: path,
      HOME: directory,
      ...Object.fromEntries(environment),
      // The containers have a network each; here they share one.
      ...(name === 'temporal' && {
        TEMPORAL_BROADCAST_ADDRESS: '127.0.0.1',
        FRONTEND_GRPC_PORT: String(frontend),
        ...(await innerPorts(frontend)),
      }),
      ...(name === 'sandbox' && { ITER_SANDBOX_SMTP_PORT: String(smtp) }),
    };
  };

  const launch = (name: string, command: readonly string[], env: Record<string, string>): Started => {
    const [program = '', ...args] = command.map(here);
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const collect = (chunk: Buffer) => outputs.set(name, ((outputs.get(name) ?? '') + chunk.toString()).slice(-20_000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code));
    });
    return { child, ended };
  };

  const stop = async (name: string) => {
    const begun = Date.now();
    const one = started.get(name);
    one?.child.kill('SIGTERM');
    const code = (await one?.ended) ?? null;
    started.delete(name);
    return { code, ms: Date.now() - begun };
  };

  return {
    portOf: (listener) => ports[listener],
    output: (name) => outputs.get(name) ?? '',
    stop,
    stopAll: async () => {
      for (const name of [...started.keys()].reverse()) await stop(name);
    },
    start: async (name, service) => {
      const env = await environmentOf(name, service.environment);
      const one = launch(name, commandOf(service), env);
      if (service.restart === 'on-failure:5') {
        const code = await one.ended;
        if (code !== 0) throw new Error(`${name} ended with ${code}:\n${outputs.get(name)}`);
        return;
      }
      started.set(name, one);
      const test = service.healthcheck?.test.slice(1) ?? [];
      await until(
        `${name} to be well`,
        () => {
          if (one.child.exitCode !== null) {
            throw new Error(`${name} ended with ${one.child.exitCode}:\n${outputs.get(name)}`);
          }
          return isWell(test.map(here), env, ports['temporal:7233']);
        },
        LIMIT_MS,
      );
    },
  };
}

/** What the container of a service would run: an image's own entry point is that of its Dockerfile. */
function commandOf({ image, entrypoint, command = [] }: Service): readonly string[] {
  if (entrypoint) return [...entrypoint, ...command];
  if (image.startsWith('iter:')) return [...entryPointOfOurImage(), ...command];
  if (image.includes('versitygw')) return ['versitygw', ...command];
  if (image.startsWith('temporalio/server')) return ['temporal-server', 'start'];
  throw new Error(`how is ${image} started?`);
}

function entryPointOfOurImage(): readonly string[] {
  const line = /^ENTRYPOINT (\[.*\])$/m.exec(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
  return JSON.parse(line?.[1] ?? '[]');
}

/** Asks as the health check would; `nc` and `wget` are programs of the image, not of this machine. */
async function isWell(test: readonly string[], env: Record<string, string>, temporal: number): Promise<boolean> {
  const [program = '', ...args] = test;
  if (program === 'nc') return connects(temporal);
  if (program === 'wget') return (await fetch(args.at(-1) ?? '').catch(() => undefined))?.ok ?? false;
  const asking = spawn(program, args, { cwd: ROOT, env, stdio: 'ignore' });
  return new Promise((resolve) => asking.once('close', (code) => resolve(code === 0)));
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A PATH on which the programs have the names that they have in their images. */
function programPath(directory: string, programs: Programs): string {
  const bin = join(directory, 'bin');
  for (const folder of [bin, join(directory, 'data'), join(directory, 'spool')]) mkdirSync(folder);
  symlinkSync(programs.temporalServer, join(bin, 'temporal-server'));
  symlinkSync(programs.sqlTool, join(bin, 'temporal-sql-tool'));
  symlinkSync(programs.temporal, join(bin, 'temporal'));
  symlinkSync(programs.storage, join(bin, 'versitygw'));
  return [bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':');
}
