import { join } from 'node:path';
import { cacheDir, refusal, withDirectory } from '../platform/engine/support';
import { resolveTestServer } from './test-server';

// Maven may have to fetch it first.
jest.setTimeout(300_000);

describe('the time-skipping test server', () => {
  test('is found in the cache, or made there, or left to the SDK', async () => {
    const found = await resolveTestServer({ cacheDir });
    const cached = join(cacheDir, 'temporal-test-server', '1.38.0', 'temporal-test-server');
    expect([cached, undefined]).toContain(found);
    expect(await resolveTestServer({ path: found, cacheDir })).toBe(found);
  });

  test('is refused when the named program does not start', () =>
    withDirectory(async (directory) => {
      const path = join(directory, 'nothing-here');
      expect(await refusal(resolveTestServer({ path, cacheDir: directory }))).toEqual({
        code: 'engine.binary_unusable',
        message: `The time-skipping test server ${path} does not start: ENOENT.`,
        remedy: 'Set ITER_TEST_SERVER_PATH to a program that takes a port as its argument, or leave it unset.',
      });
    }));
});
