import { countDamage, NO_DAMAGE } from '../../support/damage';
import type { System } from '../../support/system';
import { countsOf, type FaultResult, recordFault } from './record';

/** The end of a fault test: what it has cost is counted, written down, and must be nothing. */
export async function conclude(
  system: System,
  result: Omit<FaultResult, 'lost' | 'doubled' | 'unresolved'>,
  withinMs?: number,
): Promise<void> {
  const damage = await countDamage(system, withinMs);
  recordFault({ ...result, ...countsOf(damage) });
  expect(damage).toEqual(NO_DAMAGE);
}
