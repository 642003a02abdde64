import type { temporal } from '@temporalio/proto';
import type { System } from './system';
import { until } from './until';

export type History = temporal.api.history.v1.IHistory;

/** History of a practice's newest run. */
export async function historyOf(system: System, id: string): Promise<History> {
  return system.client.workflow.getHandle(`practice/bugliano/${id}`).fetchHistory();
}

/** Histories of every run that a practice has had, oldest first. */
export async function runsOf(system: System, id: string): Promise<readonly History[]> {
  const { workflow } = system.client;
  const workflowId = `practice/bugliano/${id}`;
  const { runId: newest } = await workflow.getHandle(workflowId).describe();
  const runs = await until('every run to be listed', async () => {
    const found: { readonly runId: string; readonly startTime: Date }[] = [];
    for await (const run of workflow.list({ query: `WorkflowId = "${workflowId}"` })) found.push(run);
    return found.some(({ runId }) => runId === newest) ? found : undefined;
  });
  const inOrder = runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
  return Promise.all(inOrder.map(({ runId }) => workflow.getHandle(workflowId, runId).fetchHistory()));
}

/** True when the engine waits for nothing but messages and timers: no task, no activity is under way. */
export async function isAtRest(system: System, id: string): Promise<boolean> {
  const { events } = await historyOf(system, id);
  const count = (has: (event: temporal.api.history.v1.IHistoryEvent) => unknown) => (events ?? []).filter(has).length;
  return (
    count((event) => event.workflowTaskScheduledEventAttributes) ===
      count((event) => event.workflowTaskCompletedEventAttributes) &&
    count((event) => event.activityTaskScheduledEventAttributes) ===
      count((event) => event.activityTaskCompletedEventAttributes)
  );
}

/** Payloads of a history with their size in bytes, and where they stand. */
export function payloadsOf(value: unknown, path = ''): { readonly path: string; readonly bytes: number }[] {
  if (value === null || typeof value !== 'object') return [];
  if ('data' in value && value.data instanceof Uint8Array) return [{ path, bytes: value.data.length }];
  return Object.entries(value).flatMap(([key, member]) => payloadsOf(member, `${path}.${key}`));
}
