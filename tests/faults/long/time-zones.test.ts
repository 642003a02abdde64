import { readSnapshot } from '../../../src/application/snapshot';
import { epochMs, type Instant, instant } from '../../../src/domain/ids';
import { checkInvariants } from '../../support/invariants';
import { GIULIA, mailsTo } from '../../support/mails';
import { type SpawnedWorker, spawnWorker } from '../../support/spawn-worker';
import { buildSystem, type System } from '../../support/system';
import { startTimeSkippingSystem, type TimeSkippingSystem } from '../../support/time-skipping';
import { until } from '../../support/until';
import { conclude } from '../support/conclude';
import { liveOn, PATIENCE_MS, type People, peopleOf, rowOf, toBe, wholeLife } from '../support/life';
import { WrongClock } from '../support/wrong-clock';

const ZONES = ['Europe/Rome', 'UTC', 'Pacific/Auckland', 'America/St_Johns'] as const;
const DAY_MS = 86_400_000;
/** Days in which an applicant answers a request of the ZTL office. */
const ANSWER_DAYS = 30;

/** A whole product with its own database, whose worker is a process in another time zone. */
interface Town {
  readonly zone: string;
  readonly system: System;
  readonly people: People;
  readonly worker: SpawnedWorker;
}

/** Its server's clock is the clock of all. */
let main: TimeSkippingSystem;
let towns: readonly Town[];
const clock = new WrongClock();
beforeAll(async () => {
  main = await startTimeSkippingSystem();
  towns = await Promise.all(
    ZONES.map(async (zone) => {
      const system = await buildSystem({ temporal: main.temporal, clock: main.clock, waitMs: PATIENCE_MS });
      const people = await peopleOf(system);
      return { zone, system, people, worker: await spawnWorker(system, { ...clock.env, TZ: zone }) };
    }),
  );
}, 180_000);
afterEach(() => Promise.all(towns.map(({ system }) => checkInvariants(system))));
afterAll(async () => {
  await Promise.all(towns.map(({ worker }) => worker.kill()));
  for (const { system } of towns) await system.stop();
  await main.stop();
});

async function passUntil(at: Instant): Promise<void> {
  await main.passUntil(at);
  clock.set(epochMs(main.clock.now()) - Date.now());
  for (const { system } of towns) {
    await system.db.prisma.session.updateMany({ data: { expiresAt: new Date('2100-01-01') } });
  }
}

/** The night in which the clocks of Rome change next, seen from an instant: the last Sunday of a month, at one. */
function nextChange(after: Instant, month: 'March' | 'October'): number {
  for (let year = new Date(after).getUTCFullYear(); ; year += 1) {
    const lastDay = new Date(Date.UTC(year, month === 'March' ? 3 : 10, 0));
    const change = Date.UTC(year, lastDay.getUTCMonth(), lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
    if (change - 20 * DAY_MS > epochMs(after)) return change;
  }
}

/** Date and time on the walls of Rome, by the time-zone data of the host: nothing of ours is asked. */
function inRome(at: Instant | Date): string {
  const format = { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Europe/Rome' } as const;
  return new Intl.DateTimeFormat('sv-SE', format).format(new Date(at));
}

function offsetOfRome(at: Instant | Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Rome', timeZoneName: 'longOffset' });
  return parts.formatToParts(new Date(at)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** What a practice's deadlines and timers say, without what depends on the second in which its applicant paid. */
async function instantsOf({ system }: Town, id: string) {
  const { clock: deadlines } = readSnapshot((await rowOf(system, id)).snapshot);
  const events = await system.db.prisma.practiceEventRow.findMany({
    where: { practiceId: id, cause: { startsWith: 'timer:' } },
  });
  return { ...deadlines, timers: events.map(({ type, at, cause }) => `${type} ${cause} ${at.toISOString()}`) };
}

/** The last day to answer, as the mail that asks tells it. */
async function toldUntil({ system }: Town, answerBy: string): Promise<boolean> {
  const day = answerBy.split('-').reverse().join('/');
  const told = async () => (await mailsTo(system.sandbox, GIULIA)).some(({ text }) => text.includes(day));
  return until(`a mail that says ${day}`, told, PATIENCE_MS);
}

test.each(['March', 'October'] as const)(
  'practices that cross the last Sunday of %s have the same deadlines to the millisecond, in whatever time zone their worker is',
  async (month) => {
    const change = nextChange(main.clock.now(), month);
    // Nine in the morning of a winter's day in Rome, ten of a summer's: far from midnight everywhere but where it must not matter.
    await passUntil(instant(change - 18 * DAY_MS + 7 * 3_600_000));
    const lived = await Promise.all(
      towns.map(async (town) => {
        const { system, people } = town;
        const id = await wholeLife(system, people, undefined, 'awaitingIntegration');
        const integration = async () =>
          readSnapshot((await rowOf(system, id)).snapshot).clock.deadlines.find(({ kind }) => kind === 'integration');
        const due = await until('the request to be delivered', integration, PATIENCE_MS);
        return { town, id, due, before: await instantsOf(town, id) };
      }),
    );
    const [first] = lived;
    if (!first) throw new Error('no town');
    for (const { before } of lived) expect(before).toEqual(first.before);

    const answerBy = first.due.expiresAt;
    const asked = main.clock.now();
    expect(offsetOfRome(answerBy)).not.toBe(offsetOfRome(asked));
    const dayAfter = new Date(epochMs(asked) + (ANSWER_DAYS + 1) * DAY_MS).toISOString().slice(0, 10);
    expect(inRome(answerBy)).toBe(`${dayAfter} 00:00:00`);
    const lastDay = new Date(epochMs(asked) + ANSWER_DAYS * DAY_MS).toISOString().slice(0, 10);
    for (const { town } of lived) expect(await toldUntil(town, lastDay)).toBe(true);

    await passUntil(instant(epochMs(answerBy) + 60_000));
    for (const { town, id } of lived) await toBe(town.system, id, 'inCharge');
    const after = await Promise.all(lived.map(({ town, id }) => instantsOf(town, id)));
    for (const each of after) expect(each).toEqual(after[0]);
    expect(after[0]?.timers).toEqual([`integrationLapsed timer:integration@${answerBy} ${answerBy}`]);
    for (const { town, id } of lived) await liveOn(town.system, town.people, id, 'answered');
    for (const { zone, system } of towns) {
      await conclude(system, {
        fault: 'F17',
        title: `practices across the last Sunday of ${month} have the same deadlines to the millisecond`,
        seed: undefined,
        runs: 1,
        injected: 1,
        worstRecoveryMs: undefined,
        note: `worker in ${zone}`,
      });
    }
  },
  600_000,
);
