import type { temporal } from '@temporalio/proto';
import type { System } from './system';

export type History = temporal.api.history.v1.IHistory;

/** History of a practice's newest run. */
export async function historyOf(system: System, id: string): Promise<History> {
  return system.client.workflow.getHandle(`practice/bugliano/${id}`).fetchHistory();
}

/** Payloads of a history with their size in bytes, and where they stand. */
export function payloadsOf(value: unknown, path = ''): { readonly path: string; readonly bytes: number }[] {
  if (value === null || typeof value !== 'object') return [];
  if ('data' in value && value.data instanceof Uint8Array) return [{ path, bytes: value.data.length }];
  return Object.entries(value).flatMap(([key, member]) => payloadsOf(member, `${path}.${key}`));
}
