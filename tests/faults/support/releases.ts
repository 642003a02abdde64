import { bundleSource } from '../../../scripts/workflow-bundle';
import { startOptionsOf } from '../../../src/application/inbox/start';
import { keptBundle, keptReleases } from '../../replay/bundles';
import { completeDraft } from '../../support/builders';
import { historyOf } from '../../support/history';
import type { System } from '../../support/system';
import { until } from '../../support/until';
import { liveOn, type People, rowOf, type Stage } from './life';

/** Workflow code as it was released last. */
export function lastRelease(): { readonly code: string } {
  const release = keptReleases().at(-1);
  if (!release) throw new Error('no release is kept: npx tsx scripts/record-release.ts keeps one');
  return keptBundle(release);
}

/** Workflow code of a release that changes nothing which a history would show: the next one, as most are. */
export function nextRelease(): Promise<{ readonly code: string }> {
  return bundleSource((file, source) =>
    file.startsWith('src/workflows/') ? source.replaceAll('summary: `', 'summary: `· ') : source,
  );
}

/**
 * Begins a practice as the release before did, and lives it up to a stage. The sender must be at rest while it begins,
 * and is started for the rest of the life.
 */
export async function begunBefore(system: System, people: People, upTo: Stage): Promise<string> {
  const id = await completeDraft(people.citizen);
  const { taskQueue } = system;
  const start = await startOptionsOf(system.db, { taskQueue, publicUrl: 'http://127.0.0.1:3000' }, id, 'draft');
  const args = start.args.map(({ tells: _since, ...input }) => input);
  await system.client.workflow.start('practice', { ...start, args });
  await until('the draft to be in the engine', async () => (await rowOf(system, id)).seq > 0);
  system.startSender();
  await liveOn(system, people, id, undefined, upTo);
  await system.stopSender();
  return id;
}

/** Resolves when a task of a practice has failed because its history does not fit the code. */
export async function standsStill(system: System, id: string): Promise<void> {
  await until(`the code of ${id} to fail`, async () => {
    const { events } = await historyOf(system, id);
    const failures = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes: failed }) => failed ?? []);
    return failures.some(({ failure }) => failure?.message?.includes('Nondeterminism'));
  });
}

/** Does a few things at a time, in any order. */
export async function inLanes<T>(width: number, work: readonly (() => Promise<T>)[]): Promise<readonly T[]> {
  const left = [...work];
  const results: T[] = [];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) results.push(await next());
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
