import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../support/client';
import { overHttp } from '../support/over-http';
import { freePort, type ProductProcess, runProduct } from '../support/processes';
import { SANDBOX_SECRET, type System } from '../support/system';

/** Two of everything that may be there twice, on database, engine and doubles of a system. */
export interface Pair {
  readonly apis: readonly [string, string];
  readonly workers: readonly [ProductProcess, ProductProcess];
  /** `/metrics` of every process. */
  readonly metrics: readonly string[];
  /** The same person at the one API and at the other, with one token. */
  atBoth(username: string): Promise<readonly [ApiClient, ApiClient]>;
  end(): Promise<void>;
}

/** Starts two workers and two APIs as an operator does, each on ports of its own, with the same settings otherwise. */
export async function startPair(system: System): Promise<Pair> {
  const home = mkdtempSync(join(tmpdir(), 'iter-pair-'));
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const [firstApi, secondApi, firstWorker, secondWorker] = ports.map((port) => `http://127.0.0.1:${port}`) as [
    string,
    string,
    string,
    string,
  ];
  const start = (command: string, url: string) => runProduct(command, settings(system, home, url), `${url}/ready`);
  const [one, other, ...apis] = await Promise.all([
    start('worker', firstWorker),
    start('worker', secondWorker),
    start('api', firstApi),
    start('api', secondApi),
  ]);
  return {
    apis: [firstApi, secondApi],
    workers: [one, other],
    metrics: [firstApi, secondApi, secondWorker].map((url) => `${url}/metrics`),
    atBoth: async (username) => {
      const { token } = await ApiClient.logIn(overHttp(firstApi), username, 'bugliano');
      return [
        ApiClient.withToken(overHttp(firstApi), token ?? ''),
        ApiClient.withToken(overHttp(secondApi), token ?? ''),
      ];
    },
    end: async () => {
      await Promise.all([one, other, ...apis].map((process) => process.kill()));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function settings(system: System, home: string, url: string): Readonly<Record<string, string>> {
  const { port } = new URL(url);
  return {
    ITER_HOME: home,
    DATABASE_URL: system.db.url,
    TEMPORAL_ADDRESS: system.temporal.address,
    TEMPORAL_NAMESPACE: system.temporal.namespace,
    ITER_STORAGE_DIR: system.storeDir,
    ITER_PAYMENTS_URL: system.sandbox.url,
    ITER_PAYMENTS_SECRET: SANDBOX_SECRET,
    ITER_SMTP_URL: `smtp://127.0.0.1:${system.sandbox.smtpPort}`,
    ITER_API_PORT: port,
    ITER_WORKER_HEALTH_PORT: port,
    ITER_LOG_LEVEL: 'error',
  };
}
