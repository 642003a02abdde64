import { join } from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { bundleSource, type ChangeSource } from '../../scripts/workflow-bundle';
import type { AskedSinks } from './asked';
import { corpus, type Recorded } from './corpus';

/** A command with its arguments, as one line. */
type Line = string;

type History = ReturnType<typeof historyFromJSON>;

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
  const found: string[] = [];
  for await (const sentence of drifting(change, histories)) found.push(sentence);
  return found;
}

/** The first history found that asks for something else: as `drifts`, but sooner. */
export async function aDrift(change: ChangeSource): Promise<string | undefined> {
  for await (const sentence of drifting(change, corpus())) return sentence;
  return undefined;
}

async function* drifting(change: ChangeSource | undefined, histories: readonly Recorded[]): AsyncGenerator<string> {
  const bundle = await bundleSource(change, [join(__dirname, 'asked.ts')]);
  let asked: Line[] = [];
  const sinks = {
    asked: {
      command: {
        fn: (_info: object, what: string, how: string) => {
          asked.push(line(what, JSON.parse(how)));
        },
        callDuringReplay: true,
      },
    },
  } satisfies Record<keyof AskedSinks, object>;
  const lived = new Map(histories.map(({ name, json }) => [name, historyFromJSON(JSON.parse(json))]));
  const given = [...lived].map(([workflowId, history]) => ({ workflowId, history }));
  // One at a time: what was asked belongs to the history that has just ended.
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle, sinks }, given)) {
    if (error) throw new Error(`${workflowId} does not replay`, { cause: error });
    const difference = firstDifference(livedIn(lived.get(workflowId)), asked);
    asked = [];
    if (difference !== undefined) yield `${workflowId} ${difference}`;
  }
}

function livedIn(history: History | undefined): readonly Line[] {
  return (history?.events ?? []).flatMap((event): Line[] => {
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
    while (asked[at] !== undefined && asked[at] !== expected && asked[at]?.startsWith('timer ')) at += 1;
    if (asked[at] !== expected) return difference(expected, asked[at] ?? 'nothing more');
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

/** Both lines from a little before the place where they part. */
function difference(expected: Line, asks: Line): string {
  const parts = [...expected].findIndex((letter, index) => letter !== asks[index]);
  const from = Math.max(0, (parts < 0 ? expected.length : parts) - 100);
  const seen = (text: Line) => `${from > 0 ? `${what(text)} …` : ''}${text.slice(from, from + 300)}`;
  return `asked ${seen(expected)} and asks ${seen(asks)}`;
}

function what(text: Line): string {
  return text.slice(0, text.indexOf(' '));
}
