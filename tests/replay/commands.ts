import { join } from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { bundleSource, type ChangeSource } from '../../scripts/workflow-bundle';
import type { AskedSinks } from './asked';
import { corpus, type Recorded } from './corpus';

/** A command with its arguments, as one line. */
type Line = string;

/**
 * Where the code asks for something else than what was asked when a history was lived. The engine compares only kinds and
 * order of commands; with other arguments the practice would go on in a state that PostgreSQL has never seen.
 * @returns one sentence for each history, empty when all is as it was
 * @throws when a history does not replay at all
 */
export async function drifts(
  change?: ChangeSource,
  histories: readonly Recorded[] = corpus(),
): Promise<readonly string[]> {
  const bundle = await bundleSource(change, [join(__dirname, 'asked.ts')]);
  const asked = await askedIn(bundle, histories);
  return histories.flatMap(({ name, json }) => {
    const difference = firstDifference(livedIn(json), asked.get(name) ?? []);
    return difference === undefined ? [] : [`${name} ${difference}`];
  });
}

async function askedIn(bundle: { readonly code: string }, histories: readonly Recorded[]) {
  const lines = new Map<string, Line[]>(histories.map(({ name }) => [name, []]));
  const sinks = {
    asked: {
      command: {
        fn: (info: { readonly workflowId: string }, what: string, how: string) => {
          lines.get(info.workflowId)?.push(line(what, JSON.parse(how)));
        },
        callDuringReplay: true,
      },
    },
  } satisfies Record<keyof AskedSinks, object>;
  const given = histories.map(({ name, json }) => ({ workflowId: name, history: historyFromJSON(JSON.parse(json)) }));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle, sinks }, given)) {
    if (error) throw new Error(`${workflowId} does not replay`, { cause: error });
  }
  return lines;
}

function livedIn(json: string): readonly Line[] {
  return (historyFromJSON(JSON.parse(json)).events ?? []).flatMap((event): Line[] => {
    const activity = event.activityTaskScheduledEventAttributes;
    if (activity) return [line(activity.activityType?.name ?? '', read(activity.input))];
    const timer = event.timerStartedEventAttributes?.startToFireTimeout;
    if (timer) return [line('timer', Number(timer.seconds ?? 0) * 1000 + Math.floor((timer.nanos ?? 0) / 1e6))];
    const next = event.workflowExecutionContinuedAsNewEventAttributes;
    return next ? [line('continueAsNew', read(next.input))] : [];
  });
}

type Payloads = Parameters<typeof defaultPayloadConverter.fromPayload>[0][];

function read(input: { readonly payloads?: Payloads | null } | null | undefined): unknown {
  return (input?.payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload(payload));
}

/** A timer that was cancelled in the task that started it is in no history; what came after its end was not lived. */
function firstDifference(lived: readonly Line[], asked: readonly Line[]): string | undefined {
  let at = 0;
  for (const expected of lived) {
    while (asked[at] !== expected && asked[at]?.startsWith('timer ')) at += 1;
    if (asked[at] !== expected) return `asked ${cut(expected)} and asks ${cut(asked[at] ?? 'nothing more')}`;
    at += 1;
  }
  return undefined;
}

function line(what: string, how: unknown): Line {
  return `${what} ${JSON.stringify(how, sorted)}`;
}

/** Members in one order, whoever wrote them. */
function sorted(_key: string, member: unknown): unknown {
  if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
  return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function cut(text: string): string {
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
