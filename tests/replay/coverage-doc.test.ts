import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CoverageMap, createCoverageMap } from 'istanbul-lib-coverage';
import { instrument } from '../../scripts/instrument';
import { coverageDoc, problemsOf, staleness, unreached } from '../../scripts/replay-coverage-doc';
import { UNREACHED } from './unreached';

const PROJECT = join(__dirname, '..', '..');

/** The code as it is, each way of each branch gone as often as `count` says. */
function counted(count: (code: string) => number): CoverageMap {
  const whole = createCoverageMap({});
  for (const folder of ['src/workflows', 'src/domain/practice']) {
    for (const name of readdirSync(join(PROJECT, folder), { recursive: true }).map(String)) {
      if (!name.endsWith('.ts')) continue;
      const file = `${folder}/${name}`;
      whole.addFileCoverage(instrument(readFileSync(join(PROJECT, file), 'utf8'), file).coverage);
    }
  }
  // Nothing has run yet, so every way is among these.
  for (const { file, code, branch, arm } of unreached(whole, 'src/workflows')) {
    const counts = whole.fileCoverageFor(file).data.b[branch];
    if (counts) counts[arm] = count(code);
  }
  return whole;
}

test('nothing reached: below the floor, and every way without a reason is named', () => {
  const [floor, ...others] = problemsOf(counted(() => 0));
  expect(floor).toBe('replay reaches 0 % of the branches of src/workflows: at least 90 % is asked');
  expect(others.length).toBeGreaterThan(100);
  const asked = 'add a path, or a reason in tests/replay/unreached.ts';
  expect(others.filter((line) => !line.endsWith(`is reached by no history: ${asked}`))).toEqual([]);
});

test('everything reached: nothing is missing, and every reason is one too many', () => {
  expect(problemsOf(counted(() => 1))).toEqual(
    UNREACHED.map(
      ({ file, code }) => `${file} \`${code}\` is reached or gone: remove its reason from tests/replay/unreached.ts`,
    ),
  );
});

test('a reason with a function excuses its line there alone', () => {
  const line = 'if (this.parked !== null) throw new Parked(this.parked);';
  const said = problemsOf(counted((code) => (code === line ? 0 : 1))).filter((problem) => problem.includes(line));
  // Both ways in two other functions; those in `check` have their reason.
  const where = said.map((problem) => problem.replace(/:\d+ /, ' '));
  const asked = 'is reached by no history: add a path, or a reason in tests/replay/unreached.ts';
  expect(where).toEqual(Array(4).fill(`src/workflows/practice/entity.ts \`${line}\` ${asked}`));
});

test('a document that is missing or says something else is stale, and the difference is told; moved lines are none', () => {
  const text = coverageDoc(
    counted((code) => (code.startsWith('if (why)') ? 0 : 1)),
    79,
  );
  const remedy = 'write it with `npm run replay:coverage` and commit it';
  expect(staleness(undefined, text)).toEqual([`docs/replay-coverage.md is missing: ${remedy}`]);
  expect(staleness(text, text)).toEqual([]);
  const [moved, other] = [text.replace(/ lines \d+/g, ' lines 9999'), text.replace('79 histories', '78 histories')];
  expect(moved).not.toBe(text);
  expect(staleness(moved, text)).toEqual([]);
  const line = (count: number) =>
    `A change of workflow code that breaks open practices is caught when a recorded history passes where the change is. ${count} histories`;
  expect(staleness(other, text)).toEqual([
    `docs/replay-coverage.md is not current: ${remedy}\n- ${line(78)}\n+ ${line(79)}`,
  ]);
});
