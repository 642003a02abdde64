import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { version } from '../../src/platform/version';
import { historyOf } from '../support/history';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import type { Path } from './path';
import { PATHS } from './paths';

const PROJECT = join(__dirname, '..', '..');
const BUNDLE = { codePath: join(__dirname, '..', '..', 'dist', 'workflow-bundle.js') };

/** With `npm run replay:record` the histories of this release are written into the corpus. */
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
    } finally {
      await own.stop();
    }
  },
);

async function replay(system: System, name: string, path: Path): Promise<void> {
  const id = await path.live(system);
  await until('the workflow to be at rest', async () => {
    const { status, raw } = await system.client.workflow.getHandle(`practice/bugliano/${id}`).describe();
    return status.name === 'COMPLETED' || (raw.pendingActivities?.length ?? 0) === 0;
  });
  const history = await historyOf(system, id);
  await Worker.runReplayHistory({ workflowBundle: BUNDLE }, history, `practice/bugliano/${id}`);
  if (!recording) return;
  const folder = join(__dirname, 'histories', version);
  mkdirSync(folder, { recursive: true });
  // Stack traces name files: where this copy of the project lies is nobody's business.
  const json = historyToJSON(history).replaceAll(PROJECT, '/iter');
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(JSON.parse(json))}\n`);
}
