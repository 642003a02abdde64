import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolveClusterBinaries } from '../../../src/platform/engine/cluster/binaries';
import { resolveUi } from '../../../src/platform/engine/cluster/ui';
import { refusal, withDirectory } from './support';

function program(path: string, script = "echo 'version 1.31.2'"): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const missing = (settings: string, build: string) => ({
  code: 'engine.temporal_missing',
  message: [
    'The production Temporal server is not to be had. There are two ways to it:',
    `  1. TEMPORAL_SERVER_PATH and TEMPORAL_SQL_TOOL_PATH, the paths of temporal-server and temporal-sql-tool (${settings})`,
    `  2. a build by Go 1.26.4 or newer: go install go.temporal.io/server/cmd/server@v1.31.2 and go.temporal.io/server/cmd/tools/sql@v1.31.2 (${build})`,
  ].join('\n'),
  remedy:
    'Open one of these ways, start without ITER_ENGINE=cluster, or set TEMPORAL_ADDRESS to a cluster of your own.',
});

const NOT_TRIED = 'not tried, because the settings name programs';

/** A machine on which there is no Go. */
async function withoutGo<T>(work: () => Promise<T>): Promise<T> {
  const { PATH } = process.env;
  process.env['PATH'] = '/nowhere';
  try {
    return await work();
  } finally {
    process.env['PATH'] = PATH;
  }
}

describe('the way to the programs of a cluster', () => {
  test('takes the programs that were named before any other', () =>
    withDirectory(async (cacheDir) => {
      const serverPath = program(join(cacheDir, 'my-server'));
      const sqlToolPath = program(join(cacheDir, 'my-tool'));
      program(join(cacheDir, 'temporal-server', 'v1.31.2', 'server'));
      program(join(cacheDir, 'temporal-server', 'v1.31.2', 'sql'));
      expect(await resolveClusterBinaries({ serverPath, sqlToolPath, cacheDir })).toEqual({
        server: serverPath,
        sqlTool: sqlToolPath,
        from: 'settings',
      });
    }));

  test('takes those of the cache, if both are there', () =>
    withDirectory(async (cacheDir) => {
      const server = program(join(cacheDir, 'temporal-server', 'v1.31.2', 'server'));
      const sqlTool = join(cacheDir, 'temporal-server', 'v1.31.2', 'sql');
      expect(await withoutGo(() => refusal(resolveClusterBinaries({ cacheDir })))).toEqual(
        missing('not set', 'there is no go on PATH'),
      );
      program(sqlTool);
      expect(await resolveClusterBinaries({ cacheDir })).toEqual({ server, sqlTool, from: 'cache' });
    }));

  test('wants both named, existing and willing to run, and builds nothing in their place', () =>
    withDirectory(async (cacheDir) => {
      const serverPath = program(join(cacheDir, 'my-server'));
      const nothing = join(cacheDir, 'nothing-here');
      const broken = program(join(cacheDir, 'broken'), 'echo no room; exit 3');
      const attempt = (sqlToolPath?: string) => refusal(resolveClusterBinaries({ serverPath, sqlToolPath, cacheDir }));
      expect(await attempt()).toEqual(missing('TEMPORAL_SQL_TOOL_PATH is not set: both are needed', NOT_TRIED));
      expect(await attempt(nothing)).toEqual(missing(`${nothing}: not found`, NOT_TRIED));
      expect(await attempt(broken)).toEqual(missing(`${broken} cannot be run (no room)`, NOT_TRIED));
    }));
});

describe("the way to Temporal's UI", () => {
  test('takes the one that was named, or the one of the cache', () =>
    withDirectory(async (cacheDir) => {
      const cached = program(join(cacheDir, 'temporal-ui', 'v2.50.1', 'server'));
      expect(await resolveUi({ uiPath: undefined, cacheDir })).toBe(cached);
      const uiPath = program(join(cacheDir, 'my-ui'));
      expect(await resolveUi({ uiPath, cacheDir })).toBe(uiPath);
    }));

  test('says that it goes on without where there is none, because practices need none', () =>
    withDirectory(async (cacheDir) => {
      const told: string[] = [];
      const resolved = await withoutGo(() =>
        resolveUi({ uiPath: undefined, cacheDir, onProgress: (line) => told.push(line) }),
      );
      expect([resolved, told]).toEqual([
        undefined,
        ['goes on without its UI, which is not to be had (there is no go on PATH)'],
      ]);
    }));

  test('refuses a named one that does not exist', () =>
    withDirectory(async (cacheDir) => {
      const uiPath = join(cacheDir, 'nothing-here');
      expect(await refusal(resolveUi({ uiPath, cacheDir }))).toEqual({
        code: 'engine.temporal_missing',
        message: `TEMPORAL_UI_PATH does not name a server of Temporal's UI (${uiPath}: not found).`,
        remedy: 'Correct it, or leave it out.',
      });
    }));
});
