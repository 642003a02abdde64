/** Longer is slow: a third of what a person should have to wait at most … */
const SLOW_MS = 100;
/** … unless it is usual for this database. */
const TIMES_USUAL = 4;
/** How soon what was usual is forgotten. */
const DOUBLES_IN_MS = 600_000;

/**
 * Which arrivals are slow. Judged by what is usual here: a database far away makes all of them long, and that is no
 * reason to carry out less. The quickest of late is what is usual; without a quick one it is forgotten within minutes.
 */
export class ArrivalTimes {
  private usualMs = Number.POSITIVE_INFINITY;
  private at: number;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.at = now();
  }

  /** Notes an arrival and says whether it took long, in milliseconds from the wait for a connection to the commit. */
  isSlow(tookMs: number): boolean {
    const now = this.now();
    this.usualMs = Math.min(tookMs, this.usualMs * 2 ** ((now - this.at) / DOUBLES_IN_MS));
    this.at = now;
    return tookMs > Math.max(SLOW_MS, TIMES_USUAL * this.usualMs);
  }
}
