import { ActivityFailure, ApplicationFailure, condition } from '@temporalio/workflow';
import { Parked, type PracticeEntity } from './entity';
import type { Proxies } from './proxies';

/**
 * Does a piece of work; a failure that no retry cures parks the practice instead of failing the workflow: nothing is
 * lost, an operator task says why, and it goes on when an administrator sends `resume`. Any other error is a defect
 * of ours: it is let through, fails only the workflow task, and heals with the next release.
 */
export async function unlessParked(p: PracticeEntity, a: Proxies, work: () => Promise<void>): Promise<void> {
  const wasParked = p.parked;
  if (wasParked !== null) {
    await a.reportParked({ practice: p.state.id, reason: wasParked });
    await condition(() => p.parked === null);
  }
  try {
    if (wasParked !== null) await p.flush();
    await work();
  } catch (error) {
    if (!park(p, error)) throw error;
  }
}

/** Marks the practice as parked when the error says that it must be. */
export function park(p: PracticeEntity, error: unknown): boolean {
  if (error instanceof Parked) return true;
  if (!(error instanceof ActivityFailure)) return false;
  const cause = error.cause;
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  p.parked = `${error.activityType}: ${type ?? cause?.name ?? 'failed'}`;
  return true;
}
