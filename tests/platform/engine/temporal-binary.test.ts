import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveTemporalBinary } from '../../../src/platform/engine/temporal-binary';
import { refusal, withDirectory } from './support';

function program(directory: string, says: string): string {
  const path = join(directory, 'temporal-of-mine');
  writeFileSync(path, `#!/bin/sh\necho '${says}'\n`);
  chmodSync(path, 0o755);
  return path;
}

const whenNamed = (why: string) => ({
  code: 'engine.temporal_missing',
  message: [
    'The Temporal development server is not to be had. There are four ways to it:',
    `  1. TEMPORAL_CLI_PATH, the path of a temporal program (${why})`,
    '  2. temporal on PATH or in the cache directory (not tried, because TEMPORAL_CLI_PATH is set)',
    '  3. a download from temporal.download (not tried, because TEMPORAL_CLI_PATH is set)',
    '  4. a build by Go 1.25 or newer: go install github.com/temporalio/cli/cmd/temporal@v1.5.1 (not tried, because TEMPORAL_CLI_PATH is set)',
  ].join('\n'),
  remedy: 'Open one of these ways, or set TEMPORAL_ADDRESS to a Temporal cluster of your own.',
});

describe('the way to a Temporal server', () => {
  test('takes the program that was named before any other', () =>
    withDirectory(async (directory) => {
      const cliPath = program(directory, 'temporal version 9.8.7 (Server 9.9.9, UI 2.42.1)');
      expect(await resolveTemporalBinary({ cliPath, cacheDir: directory })).toEqual({
        path: cliPath,
        serverVersion: '9.9.9',
        from: 'TEMPORAL_CLI_PATH',
      });
    }));

  test('lists the four ways when the named program does not exist, and builds nothing', () =>
    withDirectory(async (directory) => {
      const cliPath = join(directory, 'nothing-here');
      expect(await refusal(resolveTemporalBinary({ cliPath, cacheDir: directory }))).toEqual(
        whenNamed(`${cliPath}: not found`),
      );
    }));

  test('does not take another program for Temporal', () =>
    withDirectory(async (directory) => {
      const cliPath = program(directory, 'tempora 1.0 mores');
      expect(await refusal(resolveTemporalBinary({ cliPath, cacheDir: directory }))).toEqual(
        whenNamed(`${cliPath}: is not the Temporal command line`),
      );
    }));
});
