/**
 * Says which lines and branches of the workflow code the recorded histories reach, and writes it to
 * `docs/replay-coverage.md`: `npm run replay:coverage`. With `-- --check` it writes nothing. Both fail when too little is reached or an
 * unreached branch of `src/workflows` has no reason; the check also when the file is not current.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { type CoverageMap, type CoverageMapData, createCoverageMap } from 'istanbul-lib-coverage';
import { corpus, type Recorded } from '../tests/replay/corpus';
import { COUNTERS, instrument } from './instrument';
import { coverageDoc, problemsOf, staleness } from './replay-coverage-doc';
import { bundleSource } from './workflow-bundle';

export const COVERAGE_DOC = join(__dirname, '..', 'docs', 'replay-coverage.md');

const MEASURED = /^src\/(workflows|domain\/practice)\//;

/**
 * Replays histories through instrumented workflow code. Instrumented is the source itself: the engine's own coverage knows
 * only what the bundler made of it, and has no count of the branches there are.
 * @throws when a history does not replay
 */
export async function replayCoverage(histories: readonly Recorded[]): Promise<CoverageMap> {
  const reached = createCoverageMap({});
  const { code } = await bundleSource((file, source) => {
    if (!MEASURED.test(file)) return source;
    const { code, coverage } = instrument(source, file);
    reached.addFileCoverage(coverage);
    return code;
  });
  for (const context of await contextsOf(() => replayAll(code, histories))) {
    const counted = context[COUNTERS] as CoverageMapData | undefined;
    // As plain data: what was made in the context belongs to another realm.
    if (counted) reached.merge(JSON.parse(JSON.stringify(counted)));
  }
  return reached;
}

async function replayAll(code: string, histories: readonly Recorded[]): Promise<void> {
  // In this thread and each in a context of its own, so that the counters can be read when it is over.
  const options = { workflowBundle: { code }, debugMode: true, reuseV8Context: false };
  for (const { name, json } of histories) {
    await Worker.runReplayHistory(options, historyFromJSON(JSON.parse(json)), name);
  }
}

/** The contexts that are made while something runs. */
async function contextsOf(work: () => Promise<void>): Promise<readonly vm.Context[]> {
  const made: vm.Context[] = [];
  const { createContext } = vm;
  vm.createContext = (...args) => {
    const context = createContext(...args);
    made.push(context);
    return context;
  };
  try {
    await work();
  } finally {
    vm.createContext = createContext;
  }
  return made;
}

async function main(): Promise<void> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  const histories = corpus();
  const reached = await replayCoverage(histories);
  const text = coverageDoc(reached, histories.length);
  const problems = problemsOf(reached);
  const written = existsSync(COVERAGE_DOC) ? readFileSync(COVERAGE_DOC, 'utf8') : undefined;
  if (!process.argv.includes('--check')) writeFileSync(COVERAGE_DOC, text);
  else problems.push(...staleness(written, text));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
  await Runtime.instance().shutdown();
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error}\n`);
    process.exit(1);
  });
}
