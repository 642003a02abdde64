import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { concurrently } from '../../src/application/administration/concurrently';
import { commandOf } from '../../src/application/inbox/delivery';
import { readSnapshot } from '../../src/application/snapshot';
import { epochMs } from '../../src/domain/ids';
import { nearestDeadline } from '../../src/domain/terms/practice-clock';
import type { Body } from '../support/client';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { conclude } from './support/conclude';
import { hasCompleted, liveOn, type People, peopleOf, rowOf, storyOf, wholeLife } from './support/life';
import { announce, numbers, SEED, times } from './support/rounds';

let system: System;
let people: People;
const random = numbers();
beforeAll(async () => {
  announce('continue-as-new under fire');
  // Every few events the practice continues as new: what a practice of years does, in seconds.
  system = await startSystem({ historyLimit: 12 });
  people = await peopleOf(system);
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const LIVES = times(3, 30);
const GRACE_MS = 5_000;

/** Acts that are always possible, each sent twice at once, until the practice has ended. Gives how many there were. */
async function stream(id: string, ended: () => boolean): Promise<number> {
  let acts = 0;
  while (!ended()) {
    const key = randomUUID();
    const priority = (['high', 'medium', 'low'] as const)[Math.floor(random() * 3)];
    const send = () => people.operator.post(`/api/v1/practices/${id}/priority`, { priority }, key);
    const [first, second] = await Promise.all([send(), send()]);
    expect(second.status).toBe(first.status);
    expect(second.body.commandId).toBe(first.body.commandId);
    // The end may be quicker than the act.
    if (first.status !== 200) expect(first.body.code).toBe('PRACTICE_CLOSED');
    else acts += 1;
    // Without a gap whoever decides on what was read has always read what is changed already, and never gets a word in.
    await setTimeout(random() * 200);
  }
  return acts;
}

/** Sends acts of a practice once more, past the inbox: the server has forgotten their ids, only the practice knows them. */
async function sendAgain(id: string): Promise<number> {
  const rows = await system.db.prisma.inboxRow.findMany({ where: { practiceId: id, type: 'setPriority' } });
  const done = rows.filter(({ outcome }) => (outcome as Body)?.result === 'done').slice(0, 10);
  const handle = system.client.workflow.getHandle(`practice/bugliano/${id}`);
  for (const row of done) await handle.executeUpdate(row.type, { updateId: row.id, args: [commandOf(row)] });
  return done.length;
}

/** When the timer of the newest run fires. */
async function armedFor(id: string): Promise<number | undefined> {
  const { events } = await historyOf(system, id);
  const over = new Set(
    (events ?? []).flatMap(({ timerFiredEventAttributes: fired, timerCanceledEventAttributes: cancelled }) => [
      String(fired?.startedEventId ?? cancelled?.startedEventId),
    ]),
  );
  const started = (events ?? []).filter(
    (event) => event.timerStartedEventAttributes && !over.has(String(event.eventId)),
  );
  const last = started.at(-1);
  const after = last?.timerStartedEventAttributes?.startToFireTimeout;
  if (!last || !after) return undefined;
  const at = Number(last.eventTime?.seconds) * 1_000 + Math.floor((last.eventTime?.nanos ?? 0) / 1e6);
  return at + Number(after.seconds) * 1_000 + Math.floor((after.nanos ?? 0) / 1e6);
}

async function deadlineIsArmed(id: string): Promise<void> {
  const due = nearestDeadline(readSnapshot((await rowOf(system, id)).snapshot).clock);
  if (!due) throw new Error(`${id} has no deadline`);
  await until(`the timer of ${id} to be that of its ${due.kind} deadline`, async () => {
    const at = await armedFor(id);
    return at !== undefined && Math.abs(at - (epochMs(due.expiresAt) + GRACE_MS)) < 2_000;
  });
}

async function runsOf(id: string): Promise<number> {
  let runs = 0;
  for await (const _run of system.client.workflow.list({ query: `WorkflowId = "practice/bugliano/${id}"` })) runs += 1;
  return runs;
}

test(
  'practices that continue as new all the time lose no act of a stream, repeat none, and arm their deadlines again',
  async () => {
    let runs = 0;
    let repeated = 0;
    await concurrently(Array.from({ length: LIVES }), 3, async () => {
      const id = await wholeLife(system, people, undefined, 'awaitingPayment');
      await deadlineIsArmed(id);
      await liveOn(system, people, id, 'awaitingPayment', 'registered');
      let ended = false;
      const streaming = stream(id, () => ended);
      streaming.catch(() => undefined);
      await liveOn(system, people, id, 'registered', 'awaitingIntegration');
      await deadlineIsArmed(id);
      repeated += await sendAgain(id);
      await liveOn(system, people, id, 'awaitingIntegration', 'answered');
      await deadlineIsArmed(id);
      ended = true;
      const acts = await streaming;
      await liveOn(system, people, id, 'answered');
      await until('the end', () => hasCompleted(system, id));
      const story = await storyOf(system, id);
      expect(story.filter((type) => type === 'prioritySet')).toHaveLength(acts);
      repeated += acts;
      await until('the runs to be listed', async () => (await runsOf(id)) > 3);
      runs += await runsOf(id);
    });
    await conclude(system, {
      fault: 'F24',
      title:
        'practices that continue as new all the time lose no act of a stream, repeat none, and arm their deadlines',
      seed: SEED,
      runs: LIVES,
      injected: repeated,
      worstRecoveryMs: undefined,
      note: `${runs - LIVES} times continued as new, ${repeated} acts sent again`,
    });
  },
  60_000 + LIVES * 60_000,
);
