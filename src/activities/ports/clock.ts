import type { Instant } from '../../domain/ids';

/** The only source of legal instants; no `now()` in SQL for them, no `Date.now()` outside an implementation. */
export interface Clock {
  now(): Instant;
}
