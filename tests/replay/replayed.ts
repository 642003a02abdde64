import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { corpus } from './corpus';

/** For a test that replays the whole corpus: far above the ten seconds that it takes, because a machine may do much else. */
export const REPLAY_LIMIT_MS = 240_000;

type Read = { readonly workflowId: string; readonly history: ReturnType<typeof historyFromJSON> };

let read: Read[] | undefined;

/** Replays the whole corpus with a bundle and gives the names of the histories that it does not fit. */
export async function misfits(bundle: { readonly code: string }): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const name of misfitting(bundle)) found.push(name);
  return found;
}

/** The first history found that a bundle does not fit. Those that have caught something before are asked first. */
export async function aMisfit(bundle: { readonly code: string }): Promise<string | undefined> {
  for await (const name of misfitting(bundle)) {
    read?.sort((a, b) => Number(b.workflowId === name) - Number(a.workflowId === name));
    return name;
  }
  return undefined;
}

async function* misfitting(bundle: { readonly code: string }): AsyncGenerator<string> {
  read ??= corpus().map(({ name, json }) => ({ workflowId: name, history: historyFromJSON(JSON.parse(json)) }));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle }, [...read])) {
    if (error instanceof DeterminismViolationError) yield workflowId;
    else if (error) throw new Error(`${workflowId} failed for another reason`, { cause: error });
  }
}
