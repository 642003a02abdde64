import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoverageMap } from 'istanbul-lib-coverage';
import { replayCoverage } from '../../scripts/replay-coverage';
import { endRuntime, quietRuntime } from '../support/runtime';
import { corpus } from './corpus';
import { REPLAY_LIMIT_MS } from './replayed';

const PROJECT = join(__dirname, '..', '..');

beforeAll(() => quietRuntime());
afterAll(() => endRuntime());

/** How often each way of the branch was gone that begins on the line with this text. */
function countsAt(reached: CoverageMap, file: string, code: string): readonly number[] {
  const line =
    1 +
    readFileSync(join(PROJECT, file), 'utf8')
      .split('\n')
      .findIndex((text) => text.trim() === code);
  const { b, branchMap } = reached.fileCoverageFor(file).data;
  const id = Object.keys(branchMap).find((key) => branchMap[key]?.loc.start.line === line) ?? '';
  return b[id] ?? [];
}

// Counted by hand in the Temporal UI: the activities of each history and what they answered.
test(
  'what is counted is what the histories say',
  async () => {
    const lived = [
      '0.1.0/rejected-after-integration.json',
      '0.1.0/registration-in-trouble.json',
      '0.2.0/paid-at-the-counter.json',
    ];
    const reached = await replayCoverage(corpus().filter(({ name }) => lived.includes(name)));
    const registration = 'src/workflows/practice/steps/registration.ts';
    // Numbers given: three requests, one question, one answer to it, one decision, no other document.
    expect(countsAt(reached, registration, 'switch (document?.kind) {')).toEqual([3, 1, 1, 1, 0]);
    // Calls that gave no number at once: one refused, one whose answer was lost.
    const refused = "if (result.kind === 'rejected') return raise('registrationRejected', ordinal, attempt, p);";
    expect(countsAt(reached, registration, refused)).toEqual([1, 1]);
    // One position was closed, and no money had come first.
    const money = "if (closed.kind === 'paid') await p.receive(closed.news);";
    expect(countsAt(reached, 'src/workflows/practice/steps/payments.ts', money)).toEqual([0, 1]);
  },
  REPLAY_LIMIT_MS,
);
