import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { version } from '../../src/platform/version';
import { type History, runsOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { HISTORIES } from './corpus';
import type { Path } from './path';
import { PATHS } from './paths';

const PROJECT = join(__dirname, '..', '..');
const BUNDLE = { codePath: join(PROJECT, 'dist', 'workflow-bundle.js') };

/** With `npm run replay:record` the histories of this release are written into the corpus; what is there already stays. */
const recording = process.env['ITER_RECORD_HISTORIES'] === '1';

let shared: System;
beforeAll(async () => {
  shared = await startSystem();
});
afterAll(async () => {
  await checkInvariants(shared);
  await shared.stop();
});

test.each(PATHS.map((path) => [path.name, path] as const))(
  'the path "%s" replays as it was lived',
  async (name, path) => {
    if (!path.options) return replay(shared, name, path);
    const own = await startSystem(path.options);
    try {
      await replay(own, name, path);
      await checkInvariants(own);
    } catch (error) {
      // What went wrong is news, not that its worker cannot end either.
      await own.stop().catch(() => undefined);
      throw error;
    }
    await own.stop();
  },
);

async function replay(system: System, name: string, path: Path): Promise<void> {
  const id = await path.live(system);
  await until('the workflow to be at rest', async () => {
    const { status, raw } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
    return status.name !== 'RUNNING' || ((raw.pendingActivities?.length ?? 0) === 0 && !raw.pendingWorkflowTask);
  });
  const runs = await runsOf(system, id);
  for (const history of runs) {
    await Worker.runReplayHistory({ workflowBundle: BUNDLE }, history, `practice/bugliano/${id}`);
  }
  if (recording) record(name, path.keeps === 'newestRun' ? runs.slice(-1) : runs);
}

/** The newest run has the name of the path, those before it are counted from the first. */
function record(name: string, runs: readonly History[]): void {
  const folder = join(HISTORIES, version);
  if (existsSync(join(folder, `${name}.json`))) return;
  mkdirSync(folder, { recursive: true });
  for (const [index, history] of runs.entries()) {
    // Stack traces name files: where this copy of the project lies is nobody's business.
    const json = historyToJSON(history).replaceAll(PROJECT, '/iter');
    const file = index === runs.length - 1 ? `${name}.json` : `${name}.run-${index + 1}.json`;
    writeFileSync(join(folder, file), `${JSON.stringify(JSON.parse(json))}\n`);
  }
}
