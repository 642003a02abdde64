import type { RefusalCode, RefusalParams } from '../../domain/errors';
import type { Status } from '../../domain/practice/states';
import { ringAfter } from '../../platform/bell';
import type { Rows } from '../../platform/database';

/** What became of a row of the inbox. Written once, in the transaction that shows its effect. */
export type Outcome =
  | { readonly result: 'done'; readonly seq: number; readonly status: Status }
  /** Understood and without effect: a payment told twice. */
  | { readonly result: 'noEffect'; readonly seq: number }
  | { readonly result: 'refused'; readonly code: RefusalCode; readonly params: RefusalParams };

/** Writes outcomes that do not exist yet and wakes whoever waits for them, when the transaction commits. */
export async function settleInbox(
  tx: Rows,
  settled: readonly { readonly id: string; readonly outcome: Outcome }[],
): Promise<void> {
  for (const { id, outcome } of settled) {
    await tx.$executeRaw`
      UPDATE inbox SET outcome = ${JSON.stringify(outcome)}::jsonb, outcome_at = ${new Date()}
      WHERE id = ${id}::uuid AND outcome IS NULL`;
    ringAfter(tx, 'iter_outcome', id);
  }
}

/** The stored outcome of a row, if it has one. Written only by us. */
export function readOutcome(stored: unknown): Outcome | undefined {
  return stored === null || stored === undefined ? undefined : (stored as Outcome);
}
