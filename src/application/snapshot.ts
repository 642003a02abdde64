import type { PracticeSnapshot } from '../activities/contract';

/** The snapshot of a practice row. Written only by our own transactions, hence trusted; null is a defect. */
export function readSnapshot(stored: unknown): PracticeSnapshot {
  if (stored === null || typeof stored !== 'object') throw new Error('practice without snapshot');
  return stored as PracticeSnapshot;
}
