import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { endRuntime, quietRuntime } from '../support/runtime';
import { PATHS } from './paths';

const HISTORIES = join(__dirname, 'histories');
const BUNDLE = { codePath: join(__dirname, '..', '..', 'dist', 'workflow-bundle.js') };

interface Recorded {
  readonly name: string;
  readonly json: string;
}

function corpus(): readonly Recorded[] {
  return readdirSync(HISTORIES).flatMap((release) =>
    readdirSync(join(HISTORIES, release)).map((file) => ({
      name: `${release}/${file}`,
      json: readFileSync(join(HISTORIES, release, file), 'utf8'),
    })),
  );
}

beforeAll(() => quietRuntime());
afterAll(() => endRuntime());

test('the corpus has at least one history per path of this release', () => {
  const recorded = corpus().map(({ name }) => name.split('/')[1]);
  expect(PATHS.filter(({ name }) => !recorded.includes(`${name}.json`)).map(({ name }) => name)).toEqual([]);
});

test.each(corpus().map(({ name, json }) => [name, json] as const))('%s still replays', async (name, json) => {
  const history = historyFromJSON(JSON.parse(json));
  // Without the SDK's flags a wrong activity would pass unseen.
  expect(json).toContain('coreUsedFlags');
  await Worker.runReplayHistory({ workflowBundle: BUNDLE }, history, name);
});

test('a change that no longer fits a lived history is caught', async () => {
  const [recorded] = corpus();
  // What a release that renders documents by another activity would find in the history of a practice begun before it.
  const other = recorded?.json.replaceAll('"name":"renderDocument"', '"name":"printDocument"') ?? '';
  expect(other).not.toBe(recorded?.json);
  await expect(
    Worker.runReplayHistory({ workflowBundle: BUNDLE }, historyFromJSON(JSON.parse(other)), 'practice/x/y'),
  ).rejects.toThrow(DeterminismViolationError);
});
