import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runDemo } from '../../src/cli/demo/demo';
import { TALES } from '../../src/cli/demo/stories';
import { type EmbeddedTemporal, startTemporal } from '../../src/platform/engine/temporal-server';
import { provisionTemporal } from '../../src/platform/temporal/provision';
import { Courier } from '../support/courier';
import { checkInvariants } from '../support/invariants';
import { freePort, type ProductProcess, runProduct } from '../support/processes';
import { buildSystem, SANDBOX_SECRET, type System } from '../support/system';
import { conclude } from './support/conclude';
import { numbers, shuffled } from './support/rounds';

const NAMESPACE = 'fire';
/** The demo takes minutes under fire: one seed as a rule, three where many rounds are asked for. */
const ROUNDS = Number(process.env['ITER_FAULT_ROUNDS'] ?? '1') >= 10 ? 3 : 1;
const FIRST_SEED = Number(process.env['ITER_FAULT_SEED'] ?? Date.now() % 1_000_000);
const SEEDS = Array.from({ length: ROUNDS }, (_, round) => FIRST_SEED + round);
const LIMIT_MS = 180_000;
/** Between the moment in which everything is up again and the next shot. */
const CALM_MS = { from: 1_000, to: 12_000 } as const;
const TEST_LIMIT_MS = 1_500_000;

type Victim = 'worker' | 'api' | 'temporal';

let system: System;
let courier: Courier;
let engine: EmbeddedTemporal;
let engineOptions: Parameters<typeof startTemporal>[0];
let env: Readonly<Record<string, string>>;
let apiUrl: string;
let fire: Fire | undefined;
const processes = new Map<Victim, ProductProcess>();

beforeAll(async () => {
  const dir = mkdtempSync(join(tmpdir(), 'iter-fire-'));
  engineOptions = {
    binary: process.env['ITER_TEST_TEMPORAL_BINARY'] ?? '',
    dbFile: join(dir, 'temporal.db'),
    port: await freePort(),
    namespace: NAMESPACE,
    logFile: join(dir, 'temporal.log'),
  };
  engine = await startTemporal(engineOptions);
  const temporal = { address: engine.address, namespace: NAMESPACE };
  await provisionTemporal(temporal);
  system = await buildSystem({ temporal });
  const [api, worker] = [await freePort(), await freePort()];
  apiUrl = `http://127.0.0.1:${api}`;
  env = {
    ITER_HOME: dir,
    DATABASE_URL: system.db.url,
    TEMPORAL_ADDRESS: engine.address,
    TEMPORAL_NAMESPACE: NAMESPACE,
    ITER_STORAGE_DIR: system.storeDir,
    ITER_PAYMENTS_URL: system.sandbox.url,
    ITER_PAYMENTS_SECRET: SANDBOX_SECRET,
    ITER_SMTP_URL: `smtp://127.0.0.1:${system.sandbox.smtpPort}`,
    ITER_API_PORT: String(api),
    ITER_WORKER_HEALTH_PORT: String(worker),
    ITER_LOG_LEVEL: 'error',
  };
  await Promise.all([start('worker'), start('api')]);
  courier = new Courier(system, apiUrl);
}, 120_000);

afterAll(async () => {
  // A test that took too long leaves it burning.
  await fire?.cease().catch(() => undefined);
  await courier.stop();
  await Promise.all([...processes.values()].map((process) => process.kill()));
  await engine.stop();
  await system.stop();
});

async function start(victim: Victim): Promise<void> {
  if (victim === 'temporal') {
    engine = await startTemporal(engineOptions);
    return;
  }
  const port = env[victim === 'api' ? 'ITER_API_PORT' : 'ITER_WORKER_HEALTH_PORT'];
  processes.set(victim, await runProduct(victim, env, `http://127.0.0.1:${port}/ready`));
}

async function shoot(victim: Victim): Promise<void> {
  if (victim !== 'temporal') {
    await processes.get(victim)?.kill();
    return;
  }
  process.kill(engine.pid, 'SIGKILL');
  await engine.exited;
}

test.each(SEEDS)(
  'the demo goes as it must while worker, API and Temporal are killed at random moments (seed %i)',
  async (seed) => {
    process.stdout.write(`demo under fire: seed ${seed} (ITER_FAULT_SEED, ITER_FAULT_ROUNDS)\n`);
    const begun = Date.now();
    const told: string[] = [];
    const shooting = openFire(seed, told);
    fire = shooting;
    const demo = { apiUrl, sandboxUrl: system.sandbox.url, temporalUiUrl: '', namespace: NAMESPACE, limitMs: LIMIT_MS };
    let results: Awaited<ReturnType<typeof runDemo>>;
    try {
      results = await Promise.race([runDemo({ ...demo, report: (text) => told.push(text) }), shooting.broken]);
    } catch (error) {
      process.stdout.write(`${told.join('\n')}\n`);
      throw error;
    } finally {
      await shooting.cease();
    }
    const shots = Object.entries(shooting.shots).map(([victim, count]) => `${victim} ${count}`);
    const seconds = Math.round((Date.now() - begun) / 1000);
    process.stdout.write(`demo under fire: ${seconds} s, ${shots.join(', ')} times\n`);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'Accettata',
      'Rifiutata',
      'Accettata',
      'Parzialmente approvata',
      'Rifiutata',
      'Accettata',
      'Ritirata',
      'Archiviata',
    ]);
    expect(results).toHaveLength(TALES.length);
    expect(Math.min(...Object.values(shooting.shots))).toBeGreaterThan(0);
    await checkInvariants(system);
    await conclude(system, {
      fault: 'F5',
      title: 'the demo goes as it must while worker, API and Temporal are killed at random moments',
      seed,
      runs: 1,
      injected: Object.values(shooting.shots).reduce((sum, count) => sum + count),
      worstRecoveryMs: undefined,
      note: shots.join(', '),
    });
  },
  TEST_LIMIT_MS,
);

interface Fire {
  readonly shots: Readonly<Record<Victim, number>>;
  /** Never resolves; rejects when something can't be started again. */
  readonly broken: Promise<never>;
  /** Ends the shooting with everything up again. @throws what kept something from starting */
  cease(): Promise<void>;
}

/** Kills one after the other, in a random order and at random moments, and starts it again as a supervisor does. */
function openFire(seed: number, told: string[]): Fire {
  const random = numbers(seed);
  const shots: Record<Victim, number> = { worker: 0, api: 0, temporal: 0 };
  const ceasing = new AbortController();
  const running = shooting();
  const broken = running.then(() => new Promise<never>(() => undefined));
  broken.catch(() => undefined);
  return {
    shots,
    broken,
    cease: async () => {
      ceasing.abort();
      await running;
    },
  };

  async function shooting(): Promise<void> {
    let round: Victim[] = [];
    while (await calm()) {
      // Each of them once before anyone's second turn: a short demo meets all three.
      if (round.length === 0) round = shuffled<Victim>(['worker', 'api', 'temporal'], random);
      const victim = round.pop() ?? 'worker';
      told.push(`  ⚡ kill -9 ${victim}`);
      shots[victim] += 1;
      await shoot(victim);
      await start(victim);
    }
  }

  /** False when the fire is over. */
  function calm(): Promise<boolean> {
    const ms = CALM_MS.from + random() * (CALM_MS.to - CALM_MS.from);
    return setTimeout(ms, true, { signal: ceasing.signal }).catch(() => false);
  }
}
