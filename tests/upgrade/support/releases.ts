import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unpackRelease } from '../../../scripts/release-archive';
import { version as current } from '../../../src/platform/version';
import { ApiClient } from '../../support/client';
import { overHttp } from '../../support/over-http';
import { freePort, type ProductProcess, runProduct } from '../../support/processes';
import { SANDBOX_SECRET } from '../../support/system';

const PROJECT = join(__dirname, '..', '..', '..');
const KEPT = join(__dirname, '..', 'releases');

type Environment = Readonly<Record<string, string>>;

/** A release whose commands can be run. */
export interface Release {
  readonly version: string;
  /** Where its code is. */
  readonly dir: string;
  /** Runs a command to its end. */
  run(command: string, env: Environment): Promise<string>;
  /** Starts its worker. */
  worker(env: Environment): Promise<ProductProcess>;
  /** Starts its API. */
  api(env: Environment): Promise<Api>;
}

/** An API that runs, and the people who speak to it. */
export interface Api {
  readonly url: string;
  readonly process: ProductProcess;
  readonly citizen: ApiClient;
  readonly officer: ApiClient;
}

/** This release, as it was built. */
export const THIS_RELEASE: Release = release(current, PROJECT);

/**
 * The release before this one, as it was built, with the packages of today. `end` removes it.
 * @throws when none is kept
 */
export function releaseBefore(): Release & { end(): void } {
  const version = readdirSync(KEPT)
    .map((file) => file.replace(/\.json\.gz$/, ''))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .filter((name) => name.localeCompare(current, 'en', { numeric: true }) < 0)
    .at(-1);
  if (!version) throw new Error('no release is kept: npx tsx scripts/record-release.ts keeps one');
  const dir = mkdtempSync(join(tmpdir(), `iter-${version}-`));
  unpackRelease(readFileSync(join(KEPT, `${version}.json.gz`)), dir, join(PROJECT, 'node_modules'));
  return { ...release(version, dir), end: () => rmSync(dir, { recursive: true, force: true }) };
}

function release(version: string, dir: string): Release {
  const bin = join(dir, 'bin', 'iter.js');
  return {
    version,
    dir,
    run: async (command, env) =>
      (
        await promisify(execFile)(process.execPath, [bin, command], {
          env: { ...process.env, NODE_OPTIONS: '', ...env },
        })
      ).stdout,
    worker: async (env) => {
      const port = String(await freePort());
      return runProduct('worker', { ...env, ITER_WORKER_HEALTH_PORT: port }, `http://127.0.0.1:${port}/ready`, bin);
    },
    api: async (env) => {
      const port = String(await freePort());
      const url = `http://127.0.0.1:${port}`;
      const process = await runProduct('api', { ...env, ITER_API_PORT: port }, `${url}/ready`, bin);
      const logIn = (username: string) => ApiClient.logIn(overHttp(url), username, 'bugliano');
      const [citizen, officer] = await Promise.all([logIn('giulia.bianchi'), logIn('marco.conti')]);
      return { url, process, citizen, officer };
    },
  };
}

/** What the processes of both releases are given alike. */
export function settingsOf(where: {
  readonly home: string;
  readonly databaseUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly sandbox: { readonly url: string; readonly smtpPort: number };
}): Environment {
  return {
    ITER_HOME: where.home,
    ITER_STORAGE_DIR: join(where.home, 'documents'),
    DATABASE_URL: where.databaseUrl,
    TEMPORAL_ADDRESS: where.temporal.address,
    TEMPORAL_NAMESPACE: where.temporal.namespace,
    ITER_PAYMENTS_URL: where.sandbox.url,
    ITER_PAYMENTS_SECRET: SANDBOX_SECRET,
    ITER_SMTP_URL: `smtp://127.0.0.1:${where.sandbox.smtpPort}`,
    ITER_LOG_LEVEL: 'error',
  };
}
