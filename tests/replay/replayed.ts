import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { corpus } from './corpus';

let read: readonly { readonly workflowId: string; readonly history: ReturnType<typeof historyFromJSON> }[] | undefined;

/** Replays the whole corpus with a bundle and gives the names of the histories that it does not fit. */
export async function misfits(bundle: { readonly code: string }): Promise<readonly string[]> {
  read ??= corpus().map(({ name, json }) => ({ workflowId: name, history: historyFromJSON(JSON.parse(json)) }));
  const found: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle }, read)) {
    if (error instanceof DeterminismViolationError) found.push(workflowId);
    else if (error) throw new Error(`${workflowId} failed for another reason`, { cause: error });
  }
  return found;
}
