import { randomUUID } from 'node:crypto';
import type { PracticeSnapshot } from '../../src/activities/contract';
import { insertRow } from '../../src/application/inbox/intake';
import { readSnapshot } from '../../src/application/snapshot';
import { asId, type CommandId, epochMs, instant } from '../../src/domain/ids';
import { uuidv7 } from '../../src/platform/digest';
import { deliverReceipt, expectStatus, payAtGateway } from '../support/builders';
import type { Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { conclude } from './support/conclude';
import { outcomeOf, type People, peopleOf, rowOf, storyOf, toBe } from './support/life';
import { type Owing, owing, pass, SkewedClock } from './support/owing';
import { announce, numbers, SEED, times } from './support/rounds';

const clock = new SkewedClock();
const random = numbers();
let system: System;
let people: People;
beforeAll(async () => {
  announce('deadline races a command');
  // Without a cache each task replays the practice from its beginning, the race included.
  system = await startSystem({ clock, maxCachedWorkflows: 0 });
  people = await peopleOf(system);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const ROUNDS = times(1, 8);
const EACH = times(2, 4);
const LEFT_MS = 15_000;
/** After the end of its time the engine waits so long for what is still on its way. */
const GRACE_MS = 5_000;

/** Somewhere around the moment in which the timer fires. */
const whenItFires = ({ expiresAt }: Owing) => epochMs(expiresAt) + GRACE_MS + (random() - 0.5) * 60;

/** Money at the counter, as the intake writes it, received so many milliseconds after the end. */
async function atTheCounter({ id, expiresAt }: Owing, afterMs: number): Promise<string> {
  const { tenantId, snapshot } = await rowOf(system, id);
  const account = await system.db.prisma.account.findFirstOrThrow({ where: { tenantId, username: 'marco.conti' } });
  const receivedAt = instant(epochMs(expiresAt) + afterMs);
  const actor = { id: account.id, role: 'operator' as const };
  const { actVersion } = readSnapshot(snapshot).state;
  const act = 'recordCounterPayment' as const;
  const request = { tenantId, practiceId: id, act, actor, idempotencyKey: randomUUID(), payload: {}, actVersion };
  const command = { id: asId<CommandId>(uuidv7(epochMs(receivedAt))), act, actor, receivedAt, actVersion };
  await system.db.transaction((tx) => insertRow(tx, request, command, 'act'));
  return command.id;
}

/** Ways to race the timer; each says afterwards what must have come of it. */
const RACES: readonly ((practice: Owing) => Promise<void>)[] = [
  async function inTheLastMillisecond(practice) {
    await pass(epochMs(practice.expiresAt) + GRACE_MS / 2);
    const command = await atTheCounter(practice, -1);
    expect(await outcomeOf(system, command)).toMatchObject({ result: 'done' });
    await toBe(system, practice.id, 'registered');
  },
  async function inTheSameMillisecond(practice) {
    await pass(whenItFires(practice));
    await refused(practice, await atTheCounter(practice, 0));
  },
  async function oneMillisecondLater(practice) {
    await pass(whenItFires(practice));
    await refused(practice, await atTheCounter(practice, 1));
  },
  async function slowerThanTheGrace(practice) {
    await pass(whenItFires(practice));
    const command = await atTheCounter(practice, -1);
    // Whoever is first: there is one outcome, and what is shown agrees with it.
    const { result } = (await outcomeOf(system, command)) as Body;
    await toBe(system, practice.id, result === 'done' ? 'registered' : 'expired');
  },
  async function moneyInTheLastMillisecond(practice) {
    const paidAt = instant(epochMs(practice.expiresAt) - 1);
    const receipt = await payAtGateway(system, practice.id, 1, paidAt);
    await pass(whenItFires(practice));
    await expectStatus(202, deliverReceipt(system, receipt));
    await toBe(system, practice.id, 'registered');
    expect(await rowOf(system, practice.id)).toMatchObject({ receivedAt: new Date(paidAt) });
  },
];

async function refused({ id }: Owing, command: string): Promise<void> {
  const outcome = (await outcomeOf(system, command)) as Body;
  expect(outcome.result).toBe('refused');
  expect(outcome.code).toMatch(/^(DEADLINE_PASSED|PRACTICE_CLOSED)$/);
  await toBe(system, id, 'expired');
}

/** Replays the practice once more and gives its state. */
async function replayed(id: string): Promise<PracticeSnapshot['state']> {
  const handle = system.client.workflow.getHandle(`practice/bugliano/${id}`);
  return (await handle.query<PracticeSnapshot>('snapshot')).state;
}

test(
  'a command around the millisecond in which its time ends has one outcome, by the instants alone, and the same on replay',
  async () => {
    let raced = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const all = await owing(system, people, clock, RACES.length * EACH, LEFT_MS);
      await Promise.all(all.map((practice, index) => RACES[index % RACES.length]?.(practice)));
      raced += all.length;
      for (const { id } of all) {
        const story = await storyOf(system, id);
        // Paid or expired, and never both.
        expect(story.filter((type) => type === 'paymentReceived' || type === 'paymentExpired')).toHaveLength(1);
        expect(await replayed(id)).toEqual(readSnapshot((await rowOf(system, id)).snapshot).state);
      }
    }
    await conclude(system, {
      fault: 'F15',
      title: 'a command around the millisecond in which its time ends has one outcome, and the same on replay',
      seed: SEED,
      runs: ROUNDS,
      injected: raced,
      worstRecoveryMs: undefined,
    });
  },
  ROUNDS * 120_000,
);
