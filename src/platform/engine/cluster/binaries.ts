import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from '../child-process';
import { EngineError } from '../engine-error';
import { goInstall } from '../go-install';

/** The release that production runs: the same in docker-compose.yml. */
export const TEMPORAL_SERVER_VERSION = 'v1.31.2';

const MODULE = 'go.temporal.io/server/cmd';
const EXE = process.platform === 'win32' ? '.exe' : '';

/** The programs of a cluster. */
export interface ClusterBinaries {
  readonly server: string;
  /** Makes and updates the schema of Temporal's databases. */
  readonly sqlTool: string;
  readonly from: 'settings' | 'cache' | 'build';
}

export interface ClusterBinariesOptions {
  /** The value of TEMPORAL_SERVER_PATH. */
  readonly serverPath?: string | undefined;
  /** The value of TEMPORAL_SQL_TOOL_PATH. */
  readonly sqlToolPath?: string | undefined;
  readonly cacheDir: string;
  readonly onProgress?: (line: string) => void;
  /** Ends a build early. */
  readonly signal?: AbortSignal;
}

/**
 * Finds the production server and its schema tool: the named ones, those in the cache, or a build by Go.
 * @throws EngineError naming the ways and why each failed: open one of them.
 */
export async function resolveClusterBinaries(options: ClusterBinariesOptions): Promise<ClusterBinaries> {
  const { serverPath, sqlToolPath, cacheDir } = options;
  if (serverPath !== undefined || sqlToolPath !== undefined) {
    const named = { server: serverPath ?? '', sqlTool: sqlToolPath ?? '' };
    const why = await unusable(named);
    if (why === undefined) return { ...named, from: 'settings' };
    throw missing(why, 'not tried, because the settings name programs');
  }
  const directory = join(cacheDir, 'temporal-server', TEMPORAL_SERVER_VERSION);
  const cached = { server: join(directory, `server${EXE}`), sqlTool: join(directory, `sql${EXE}`) };
  if ((await unusable(cached)) === undefined) return { ...cached, from: 'cache' };
  const failure = await build(cached, options);
  options.signal?.throwIfAborted();
  const why = failure ?? (await unusable(cached));
  if (why !== undefined) throw missing('not set', why);
  return { ...cached, from: 'build' };
}

type Programs = Pick<ClusterBinaries, 'server' | 'sqlTool'>;

function build({ server, sqlTool }: Programs, options: ClusterBinariesOptions): Promise<string | undefined> {
  const version = TEMPORAL_SERVER_VERSION;
  return goInstall(
    [
      { module: `${MODULE}/server`, version, target: server },
      { module: `${MODULE}/tools/sql`, version, target: sqlTool },
    ],
    {
      what: `the Temporal server ${version}`,
      duration: 'about four to six minutes',
      onProgress: options.onProgress ?? (() => undefined),
      ...(options.signal ? { signal: options.signal } : {}),
    },
  );
}

/** Answers in words why the programs can't be used. */
async function unusable({ server, sqlTool }: Programs): Promise<string | undefined> {
  for (const [setting, path] of [
    ['TEMPORAL_SERVER_PATH', server],
    ['TEMPORAL_SQL_TOOL_PATH', sqlTool],
  ] as const) {
    if (path === '') return `${setting} is not set: both are needed`;
    if (dirname(path) !== '.' && !existsSync(path)) return `${path}: not found`;
    const { code, output } = await run(path, ['--version'], { timeoutMs: 20_000 });
    if (code !== 0) return `${path} cannot be run (${output.split('\n')[0]})`;
  }
  return undefined;
}

function missing(settings: string, build: string): EngineError {
  const lines = [
    'The production Temporal server is not to be had. There are two ways to it:',
    `  1. TEMPORAL_SERVER_PATH and TEMPORAL_SQL_TOOL_PATH, the paths of temporal-server and temporal-sql-tool (${settings})`,
    `  2. a build by Go 1.26.4 or newer: go install ${MODULE}/server@${TEMPORAL_SERVER_VERSION} and ${MODULE}/tools/sql@${TEMPORAL_SERVER_VERSION} (${build})`,
  ];
  return new EngineError(
    'engine.temporal_missing',
    lines.join('\n'),
    'Open one of these ways, start without ITER_ENGINE=cluster, or set TEMPORAL_ADDRESS to a cluster of your own.',
  );
}
