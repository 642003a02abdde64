import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Clock } from '../../src/activities/ports/clock';
import { epochMs, type Instant, instant } from '../../src/domain/ids';
import { freePort } from './processes';
import { quietRuntime } from './runtime';
import { buildSystem, type System, type SystemOptions } from './system';
import { resolveTestServer } from './test-server';
import { until } from './until';

// Values of temporal.api.enums.v1.IndexedValueType.
const ATTRIBUTES = { Tenant: 2, Code: 2, PracticeStatus: 2, Service: 2, Office: 2, LegalDeadline: 6, Attention: 5 };

/** A system on the time-skipping server, whose clock everything shares: weeks pass in a moment. */
export interface TimeSkippingSystem extends System {
  readonly clock: Clock;
  /** Lets time pass until an instant (plus the grace after which a deadline has its effect). */
  passUntil(at: Instant | string, extraMs?: number): Promise<void>;
  /**
   * Lets time pass while no worker is there, until something the engine can't do alone is due: a timer that fires. The
   * server then skips no further before a worker has taken it.
   */
  passUntilWorkIsDue(at: Instant | string): Promise<void>;
}

/** One server per test file, because its time is one for all workflows on it. */
export async function startTimeSkippingSystem(options: SystemOptions = {}): Promise<TimeSkippingSystem> {
  const path = process.env['ITER_TEST_SERVER'] || (await resolveTestServer({ cacheDir: cacheDir() }));
  quietRuntime();
  const server = path ? await startServer(path) : undefined;
  const environment = await TestWorkflowEnvironment.createTimeSkipping(server ? { server: server.found } : {});
  await environment.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: ATTRIBUTES,
  });
  let skew = 0;
  const clock: Clock = { now: () => instant(Date.now() + skew) };
  const temporal = { address: environment.address, namespace: 'default' };
  const system = await buildSystem({ ...options, clock, temporal });
  await system.startWorker();
  system.startSender();
  return {
    ...system,
    clock,
    passUntil: async (at, extraMs = 0) => {
      const now = await environment.currentTimeMs();
      const ms = epochMs(at as Instant) + extraMs - now;
      if (ms > 0) await environment.sleep(ms);
      skew = (await environment.currentTimeMs()) - Date.now();
      // People stay logged in over the weeks that pass.
      await system.db.prisma.session.updateMany({ data: { expiresAt: new Date('2100-01-01') } });
    },
    passUntilWorkIsDue: async (at) => {
      const target = epochMs(at as Instant);
      const ms = target + 3_600_000 - (await environment.currentTimeMs());
      // Ends only when a worker is back; nobody needs to wait for it.
      environment.sleep(ms).catch(() => undefined);
      await until('time to have passed', async () => (await environment.currentTimeMs()) >= target);
      skew = (await environment.currentTimeMs()) - Date.now();
    },
    stop: async () => {
      await system.stop();
      await environment.teardown();
      server?.process.kill('SIGKILL');
    },
  };
}

/** Started by us: the SDK gives a server five seconds, and a virtual machine on a busy computer may need more. */
async function startServer(path: string) {
  const port = await freePort();
  const child = spawn(path, [String(port)], { stdio: 'ignore' });
  await until('the time-skipping server', () => answers(port), 60_000);
  const executable = { type: 'existing-path' as const, path: join(__dirname, 'already-running.sh') };
  return { process: child, found: { executable, port } };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function cacheDir(): string {
  return process.env['ITER_TEST_CACHE'] ?? '';
}
