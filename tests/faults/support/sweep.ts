import type { HoldCall, HoldPoint } from '../../support/hold-points';
import { type SpawnedWorker, spawnWorker } from '../../support/spawn-worker';
import type { System } from '../../support/system';
import { until } from '../../support/until';
import { PATIENCE_MS, type People, wholeLife } from './life';

export type Place = Pick<HoldPoint, 'call' | 'when'>;

/** Calls to the outside that a life makes. */
export const OUTSIDE: readonly HoldCall[] = ['register', 'createPosition', 'render', 'notify', 'tell'];

/** Events that a life writes, each with a projection of its own or in that of others. */
export const WRITTEN: readonly HoldCall[] = [
  'project:paymentRequested',
  'project:paymentReceived',
  'project:documentReady',
  'project:requestRegistered',
  'project:chargeTaken',
  'project:integrationRequested',
  'project:integrationRequestRegistered',
  'project:delivered',
  'project:integrationAnswered',
  'project:integrationAnswerRegistered',
  'project:decided',
  'project:outcomeRegistered',
];

/** A worker that tests kill, and its successors. */
export class Workers {
  private current: SpawnedWorker | undefined;

  constructor(private readonly system: System) {}

  async start(): Promise<SpawnedWorker> {
    this.current = await spawnWorker(this.system);
    return this.current;
  }

  async kill(): Promise<void> {
    await this.current?.kill();
  }
}

/**
 * Lives one practice for each place. When all stand still at theirs, the worker gets `kill -9` and another one carries
 * all of them to their ends.
 * @returns milliseconds from the moment in which the other worker was ready.
 */
export async function killAt(
  places: readonly Place[],
  system: System,
  people: People,
  workers: Workers,
): Promise<{ readonly ids: readonly string[]; readonly recoveryMs: number }> {
  const worker = await workers.start();
  const lives = places.map((place) => liveUntilHeld(place, system, people, worker));
  await Promise.all(lives.map(({ held }) => held));
  await workers.kill();
  await workers.start();
  const wellAgain = Date.now();
  const ids = await Promise.all(lives.map(({ life }) => life));
  const recoveryMs = Date.now() - wellAgain;
  await tellEverything(system);
  return { ids, recoveryMs };
}

function liveUntilHeld(place: Place, system: System, people: People, worker: SpawnedWorker) {
  let life: Promise<string> = Promise.resolve('');
  const held = new Promise<void>((resolve, reject) => {
    life = wholeLife(system, people, async (id) => {
      const there = await worker.hold({ ...place, practice: id });
      there.held.then(resolve, reject);
    });
    life.then((id) => reject(new Error(`${id} came to its end and never to ${place.call}`)), reject);
  });
  return { held, life };
}

/** A mail in the hands of a dead worker waits for minutes: its lease is let expire. */
async function tellEverything({ db }: System): Promise<void> {
  await until(
    'all mails to have left',
    async () => {
      await db.pool.query("UPDATE telling SET not_before = now() WHERE not_before > now() + interval '10 seconds'");
      return (await db.prisma.telling.count()) === 0;
    },
    PATIENCE_MS,
  );
}
