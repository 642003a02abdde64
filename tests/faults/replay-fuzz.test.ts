import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { drifts } from '../replay/commands';
import { randomLife } from '../replay/random-life';
import { type History, runsOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { conclude } from './support/conclude';
import { inLanes } from './support/releases';
import { announce, IS_LONG, numbers, ROUNDS, SEED, shuffled } from './support/rounds';

const BUNDLE = { codePath: join(__dirname, '..', '..', 'dist', 'workflow-bundle.js') };
const LIVES = 4 * ROUNDS;
const LENGTH = 25;
/** Moments of each run at which it is replayed in the short form; all of them in the long one. */
const MOMENTS = 6;

let system: System;
beforeAll(async () => {
  announce('replay at any moment');
  // Long lives go over several runs.
  system = await startSystem({ historyLimit: 60 });
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

interface Lived {
  readonly name: string;
  readonly history: History;
}

/** The beginnings of a history that end with a completed task and what that task asked for. */
function beginnings({ name, history }: Lived): readonly Lived[] {
  const events = history.events ?? [];
  return events.flatMap((event, index) => {
    if (!event.workflowTaskCompletedEventAttributes) return [];
    const made = events.map(taskOf).lastIndexOf(Number(event.eventId));
    const end = Math.max(index, made) + 1;
    return [{ name: `${name} up to event ${end}`, history: { ...history, events: events.slice(0, end) } }];
  });
}

/** The completed task that an event was asked for by. */
function taskOf(event: NonNullable<History['events']>[number]): number | undefined {
  const { workflowTaskCompletedEventId: id } =
    (Object.values(event).find(
      (member) => member !== null && typeof member === 'object' && 'workflowTaskCompletedEventId' in member,
    ) as { readonly workflowTaskCompletedEventId?: unknown } | undefined) ?? {};
  return id === undefined || id === null ? undefined : Number(id);
}

test(
  'random lives replay as they were lived, whole and from each of their moments',
  async () => {
    const random = numbers();
    const seeds = Array.from({ length: LIVES }, () => Math.floor(random() * 1e9));
    const ids = await inLanes(
      2,
      seeds.map((seed) => () => randomLife(system, numbers(seed), LENGTH)),
    );
    const lived: Lived[] = [];
    for (const id of ids) {
      const runs = await runsOf(system, id);
      lived.push(...runs.map((history, index) => ({ name: `${id} run ${index + 1}`, history })));
    }
    const moments = lived.flatMap((run) => {
      const all = beginnings(run);
      return IS_LONG ? all : shuffled(all, random).slice(0, MOMENTS);
    });
    const wrong: string[] = [];
    const given = [...lived, ...moments].map(({ name, history }) => ({ workflowId: name, history }));
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: BUNDLE }, given)) {
      if (error) wrong.push(`${workflowId}: ${error.message}`);
    }
    expect(wrong).toEqual([]);
    const recorded = lived.map(({ name, history }) => ({ name, json: historyToJSON(history) }));
    expect(await drifts(undefined, recorded)).toEqual([]);
    const events = lived.reduce((sum, { history }) => sum + (history.events?.length ?? 0), 0);
    process.stdout.write(`${LIVES} lives, ${lived.length} runs, ${events} events, ${moments.length} moments\n`);
    await conclude(system, {
      fault: 'F25',
      title: 'random lives replay as they were lived, whole and from each of their moments',
      seed: SEED,
      runs: LIVES,
      // A replay breaks nothing: each life counts once, however many of its moments were tried.
      injected: LIVES,
      worstRecoveryMs: undefined,
      note: `${given.length} beginnings and whole lives replayed`,
    });
  },
  LIVES * 30_000 + 120_000,
);
