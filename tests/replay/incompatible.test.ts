import { bundleSource } from '../../scripts/workflow-bundle';
import { endRuntime, quietRuntime } from '../support/runtime';
import { mutations } from './mutations';
import { aMisfit, REPLAY_LIMIT_MS } from './replayed';

beforeAll(() => quietRuntime());
afterAll(() => endRuntime());

test.each(mutations().map((mutation) => [mutation.name, mutation] as const))(
  'a release with this change would be stopped: %s',
  async (name, { file, text }) => {
    const bundle = await bundleSource((path, source) => (path === file ? text : source));
    const caught = await aMisfit(bundle);
    process.stdout.write(`${name}: ${caught}\n`);
    expect(caught).toEqual(expect.any(String));
  },
  REPLAY_LIMIT_MS,
);
