/**
 * Finds or builds the programs that no npm package brings and that the cluster's tests, the benchmark and
 * `npm run start:cluster` run, so that none of them has to wait for a build: `npm run programs`.
 */

import { loadConfig } from '../src/platform/config';
import { resolveClusterBinaries, TEMPORAL_SERVER_VERSION } from '../src/platform/engine/cluster/binaries';
import { resolveUi, TEMPORAL_UI_VERSION } from '../src/platform/engine/cluster/ui';
import { S3_SERVER_VERSION, s3ServerProgram } from '../tests/support/s3-server';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const { cache: cacheDir, temporal } = loadConfig();
  const place = { cacheDir, onProgress: say };
  const server = await resolveClusterBinaries({ ...temporal, ...place });
  say(`Temporal server ${TEMPORAL_SERVER_VERSION}: ${server.server} (by ${server.from})`);
  const ui = await resolveUi({ ...temporal, ...place });
  say(`Temporal UI ${TEMPORAL_UI_VERSION}: ${ui ?? 'none: the engine runs without it'}`);
  say(`S3 server ${S3_SERVER_VERSION}, for tests: ${await s3ServerProgram(cacheDir)}`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
