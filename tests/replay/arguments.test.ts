import { endRuntime, quietRuntime } from '../support/runtime';
import { drifts } from './commands';
import { REPLAY_LIMIT_MS } from './replayed';

beforeAll(() => quietRuntime());
afterAll(() => endRuntime());

test(
  'every activity is asked what it was asked when it was lived, and every timer waits as long',
  async () => {
    expect(await drifts()).toEqual([]);
  },
  REPLAY_LIMIT_MS,
);
