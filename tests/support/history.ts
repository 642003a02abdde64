import type { temporal } from '@temporalio/proto';
import type { System } from './system';

export type History = temporal.api.history.v1.IHistory;

/** History of a practice's newest run. */
export async function historyOf(system: System, id: string): Promise<History> {
  return system.client.workflow.getHandle(`practice/bugliano/${id}`).fetchHistory();
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
