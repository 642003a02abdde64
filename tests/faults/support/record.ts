import { appendFileSync } from 'node:fs';
import type { Damage } from '../../support/damage';
import type { FaultId } from './catalogue';
import { ROUNDS } from './rounds';

/** What one test did to the product, and what came of it. */
export interface FaultResult {
  readonly fault: FaultId;
  /** What the test proves, in the words of its name. */
  readonly title: string;
  /** Absent where nothing is left to chance. */
  readonly seed: number | undefined;
  readonly runs: number;
  /** One kill, one cut connection, one lost answer, one repeated delivery, one outage: one each. */
  readonly injected: number;
  /** Accepted commands and submissions without effect or outcome, as `countDamage` counted them. */
  readonly lost: number;
  readonly doubled: number;
  readonly unresolved: number;
  /** From the moment at which what was broken was well again until all was done; absent where nothing had to recover. */
  readonly worstRecoveryMs: number | undefined;
  readonly note?: string;
}

/** Adds a result to the file named by ITER_FAULT_RESULTS, one JSON line each; without that setting nothing is kept. */
export function recordFault(result: FaultResult): void {
  const file = process.env['ITER_FAULT_RESULTS'];
  if (!file) return;
  const servers = JSON.parse(process.env['ITER_TEST_VERSIONS'] ?? '{}');
  const line = { ...result, at: new Date().toISOString(), versions: { ...servers, rounds: ROUNDS } };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

/** The counts of a damage, without the sentences that explain them. */
export function countsOf({ lost, doubled, unresolved }: Damage): Pick<FaultResult, 'lost' | 'doubled' | 'unresolved'> {
  return { lost, doubled, unresolved };
}
