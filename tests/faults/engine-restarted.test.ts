import { setTimeout } from 'node:timers/promises';
import { Prisma } from '../../src/generated/prisma/client';
import { checkInvariants } from '../support/invariants';
import { checkNothingPersonal } from '../support/nothing-personal';
import { buildSystem, type System } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { PATIENCE_MS, type People, peopleOf, wholeLife } from './support/life';
import { OwnEngine } from './support/own-engine';
import { announce, numbers, SEED, times } from './support/rounds';

let engine: OwnEngine;
let system: System;
let people: People;
const random = numbers();
beforeAll(async () => {
  announce('engine restarted');
  engine = await OwnEngine.start('restarted');
  system = await buildSystem({ temporal: engine.temporal, waitMs: 2_000 });
  await system.startWorker();
  system.startSender();
  people = await peopleOf(system);
}, 120_000);
afterEach(() => checkInvariants(system));
afterAll(async () => {
  await system.stop();
  await engine.stop();
});

const RESTARTS = times(4, 40);
const AT_ONCE = 3;
/** Between the moment in which all is done again and the next shot. */
const CALM_MS = { from: 200, to: 2_500 } as const;

/** Lives one practice after the other until told to stop, and gives them. */
async function load(stopped: () => boolean): Promise<string[]> {
  const ids: string[] = [];
  while (!stopped()) ids.push(await wholeLife(system, people));
  return ids;
}

/** Until everything that had come before an instant has its outcome. */
function settledBefore(instant: Date): Promise<unknown> {
  const where = { receivedAt: { lt: instant }, outcome: { equals: Prisma.DbNull } };
  return until(
    'the acts of the outage',
    async () => (await system.db.prisma.inboxRow.count({ where })) === 0,
    PATIENCE_MS,
  );
}

test(
  'Temporal ended orderly or by a crash at any moment, again and again, costs no act and no practice',
  async () => {
    let over = false;
    const loads = Array.from({ length: AT_ONCE }, () => load(() => over));
    const broken = Promise.all(loads).then(() => new Promise<never>(() => undefined));
    broken.catch(() => undefined);
    let worstRecoveryMs = 0;
    const signals = { SIGTERM: 0, SIGKILL: 0 };
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      await Promise.race([setTimeout(CALM_MS.from + random() * (CALM_MS.to - CALM_MS.from)), broken]);
      const signal = restart % 2 === 0 ? 'SIGKILL' : 'SIGTERM';
      signals[signal] += 1;
      await engine.end(signal);
      await engine.startAgain();
      const wellAgain = Date.now();
      await Promise.race([settledBefore(new Date(wellAgain)), broken]);
      worstRecoveryMs = Math.max(worstRecoveryMs, Date.now() - wellAgain);
    }
    over = true;
    const ids = (await Promise.all(loads)).flat();
    expect(ids.length).toBeGreaterThanOrEqual(AT_ONCE);
    await checkNothingPersonal({ sqliteFile: engine.sqliteFile }, ids[0] ?? '');
    await conclude(system, {
      fault: 'F5',
      title: 'Temporal ended orderly or by a crash at any moment, again and again, costs no act and no practice',
      seed: SEED,
      runs: ids.length,
      injected: RESTARTS,
      worstRecoveryMs,
      note: `${signals.SIGKILL} by SIGKILL, ${signals.SIGTERM} by SIGTERM, under ${ids.length} lives`,
    });
  },
  180_000 + RESTARTS * 30_000,
);
