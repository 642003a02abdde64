import { join } from 'node:path';
import { run } from '../../src/platform/engine/child-process';

const BIN = join(__dirname, '..', '..', 'bin', 'iter.js');
const LIMIT_MS = 60_000;

/**
 * Runs an Iter command that must end by itself, and answers how it ended and all it said to who started it.
 * `code` is null when it was still running after a minute.
 */
export async function refused(command: string, environment: Readonly<Record<string, string>>, bin = BIN) {
  const { code, output } = await run(process.execPath, [bin, command], {
    environment: { NODE_OPTIONS: '', ITER_LOG_LEVEL: 'silent', ...environment },
    timeoutMs: LIMIT_MS,
  });
  return { code, output };
}
