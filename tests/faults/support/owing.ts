import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../../src/activities/ports/clock';
import { readSnapshot } from '../../../src/application/snapshot';
import { epochMs, type Instant, instant } from '../../../src/domain/ids';
import { completeDraft, expectStatus } from '../../support/builders';
import type { System } from '../../support/system';
import { until } from '../../support/until';
import { type People, rowOf } from './life';

/** The window in which a ZTL permit is paid. */
const WINDOW_MS = 3 * 24 * 60 * 60_000;

/** The application's clock, which may be set apart from the machine's: what is sent in the past has its time soon over. */
export class SkewedClock implements Clock {
  skewMs = 0;

  now(): Instant {
    return instant(Date.now() + this.skewMs);
  }
}

/** A practice that waits for its payment until an instant. */
export interface Owing {
  readonly id: string;
  readonly expiresAt: Instant;
}

/**
 * Practices that wait for their payment with their positions open, whose time is over in some seconds by the clock of
 * the machine, which is the engine's too.
 */
export async function owing(
  system: System,
  people: People,
  clock: SkewedClock,
  count: number,
  leftMs: number,
): Promise<readonly Owing[]> {
  const ids = await Promise.all(Array.from({ length: count }, () => completeDraft(people.citizen)));
  for (const id of ids) await until('the draft to begin', async () => (await rowOf(system, id)).seq > 0);
  clock.skewMs = leftMs - WINDOW_MS;
  await Promise.all(ids.map((id) => expectStatus(200, people.citizen.post(`/api/v1/practices/${id}/submit`))));
  clock.skewMs = 0;
  const all = await Promise.all(ids.map((id) => waiting(system, id)));
  // On a busy machine their time may be over before anything was broken.
  return lastOf(all) - Date.now() < leftMs / 2 ? owing(system, people, clock, count, leftMs) : all;
}

async function waiting(system: System, id: string): Promise<Owing> {
  const { clock } = readSnapshot((await rowOf(system, id)).snapshot);
  const due = clock.deadlines.find(({ kind }) => kind === 'payment');
  if (!due) throw new Error(`${id} has no time to pay`);
  const where = { practiceId: id, status: 'open' };
  await until('the position to be open', () => system.db.prisma.payment.findFirst({ where }));
  return { id, expiresAt: due.expiresAt };
}

/** When the last of them is over. */
export function lastOf(all: readonly Owing[]): number {
  return Math.max(...all.map(({ expiresAt }) => epochMs(expiresAt)));
}

/** Lets a moment come by the machine's clock. */
export async function pass(atMs: number): Promise<void> {
  const ms = atMs - Date.now();
  if (ms > 0) await setTimeout(ms);
}
