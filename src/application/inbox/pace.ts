/** An idle sender may bring so many at once … */
const BURST = 8;
/** … and so many in the first second of a rush. */
const FIRST_PER_SECOND = 8;
/** However much arrives, work never stands still. */
const LEAST_PER_SECOND = 0.5;
const MOST_PER_SECOND = 500;
/** What waits is brought faster by a quarter each second while arrivals do not suffer, and slower when nothing waits. */
const GROWTH_PER_SECOND = 1.25;
/** Cries that follow so soon are about the same moment. */
const SAME_MOMENT_MS = 250;

/**
 * How fast rows are brought to the engine. What is carried out takes the machine from what arrives, and an arrival has a
 * time limit that work does not have: while arrivals say that they are slow, less is brought.
 */
export class Pace {
  private perSecond = FIRST_PER_SECOND;
  private tokens = BURST;
  private at: number;
  private slowedAt = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.at = now();
  }

  /** How many rows may be brought now. */
  free(): number {
    this.tick();
    return Math.floor(this.tokens);
  }

  /** Milliseconds until one may be brought. */
  waitMs(): number {
    this.tick();
    return Math.max(0, Math.ceil(((1 - this.tokens) * 1000) / this.perSecond));
  }

  /** Some rows are on their way. */
  took(rows: number): void {
    this.tokens -= rows;
  }

  /** An arrival took too long. */
  slow(): void {
    this.tick();
    if (this.at - this.slowedAt < SAME_MOMENT_MS) return;
    this.slowedAt = this.at;
    // Nothing is saved for a burst; what is nearly earned stays, or the slowest pace would be none.
    this.tokens = Math.min(this.tokens, 1);
    this.perSecond = Math.max(LEAST_PER_SECOND, this.perSecond / 2);
  }

  private tick(): void {
    const now = this.now();
    const seconds = (now - this.at) / 1000;
    this.at = now;
    const growth = GROWTH_PER_SECOND ** seconds;
    const earned = this.tokens + seconds * this.perSecond;
    const inRush = earned < Math.max(BURST, this.perSecond);
    this.perSecond = inRush
      ? Math.min(MOST_PER_SECOND, this.perSecond * growth)
      : Math.max(FIRST_PER_SECOND, this.perSecond / growth);
    this.tokens = Math.min(earned, Math.max(BURST, this.perSecond));
  }
}
