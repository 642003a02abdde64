import { epochMs, type Instant, instant } from '../../../domain/ids';

/** The workflow's own clock: the server's time of the current task, the same on replay. */
export function now(): Instant {
  return instant(Date.now());
}

/** Milliseconds from now until an instant plus a grace. */
export function msUntil(at: Instant, graceMs: number): number {
  return epochMs(at) + graceMs - Date.now();
}
