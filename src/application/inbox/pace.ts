/** So many new practices wait: more arrives than is carried out. It is over when half as many do. */
const RUSH = 64;
/** New practices brought in the first second of a rush … */
const FIRST_PER_SECOND = 8;
/** … and however slow arrivals are: work never stands still. */
const LEAST_PER_SECOND = 1;
const MOST_PER_SECOND = 500;
/** While arrivals do not suffer, a quarter more each second. */
const GROWTH_PER_SECOND = 1.25;
/** Cries that follow so soon are about the same moment. */
const SAME_MOMENT_MS = 250;

/**
 * How fast new practices are brought to the engine in a rush. What is carried out takes the machine from what arrives,
 * and an arrival has a time limit that work does not have: while arrivals say that they are slow, less is begun.
 */
export class Pace {
  private rush = false;
  private perSecond = FIRST_PER_SECOND;
  private earned = 0;
  private at = 0;
  private slowedAt = Number.NEGATIVE_INFINITY;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  get inRush(): boolean {
    return this.rush;
  }

  /** How many new practices wait to be brought, as last counted. */
  waiting(practices: number): void {
    if (this.rush) this.rush = practices >= RUSH / 2;
    else if (practices > RUSH) {
      this.rush = true;
      this.perSecond = FIRST_PER_SECOND;
      this.earned = 0;
      this.at = this.now();
    }
  }

  /** How many new practices may be brought now; all, but in a rush. */
  free(): number {
    if (!this.rush) return Number.MAX_SAFE_INTEGER;
    this.earn();
    return Math.floor(this.earned);
  }

  /** So many are on their way. */
  took(practices: number): void {
    this.earned -= practices;
  }

  /** An arrival took too long. */
  slow(): void {
    if (!this.rush) return;
    this.earn();
    if (this.at - this.slowedAt < SAME_MOMENT_MS) return;
    this.slowedAt = this.at;
    this.perSecond = Math.max(LEAST_PER_SECOND, this.perSecond / 2);
  }

  private earn(): void {
    const now = this.now();
    const seconds = (now - this.at) / 1000;
    this.at = now;
    this.perSecond = Math.min(MOST_PER_SECOND, this.perSecond * GROWTH_PER_SECOND ** seconds);
    // Nothing is saved for a burst.
    this.earned = Math.min(Math.max(1, this.perSecond / 4), this.earned + seconds * this.perSecond);
  }
}
