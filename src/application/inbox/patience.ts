/** So many have waited in vain … */
const IN_VAIN = 8;
/** … within this time, or so many wait at once: the engine is behind. */
const LATELY_MS = 5_000;
const CROWD = 64;
/** How long one waits then, for what may be quick all the same. */
const SOON_MS = 100;
/** Shorter waits say nothing of the engine. */
const TELLING_MS = 1_000;

/** How long one of those who wait is asked to, and what came of it. */
export interface Wait {
  readonly ms: number;
  ended(outcome: 'came' | 'inVain'): void;
}

/**
 * How long requests wait for the effect of their acts. When the engine is behind, waiting is in vain and only keeps people:
 * they get their receipt soon, and one at a time waits on, to learn when it is well again.
 */
export class Patience {
  private inVain: readonly number[] = [];
  private behind = false;
  private scouting = false;

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * @param ms how long one waits when all is well
   * @param others how many wait already
   */
  begin(ms: number, others = 0): Wait {
    if (others >= CROWD) this.behind = true;
    const telling = ms >= TELLING_MS;
    const scout = telling && this.behind && !this.scouting;
    const soon = telling && this.behind && !scout;
    if (scout) this.scouting = true;
    return {
      ms: soon ? SOON_MS : ms,
      ended: (outcome) => {
        if (scout) this.scouting = false;
        if (outcome === 'came') this.well();
        else if (telling && !soon) this.waitedInVain();
      },
    };
  }

  private well(): void {
    this.behind = false;
    this.inVain = [];
  }

  private waitedInVain(): void {
    const now = this.now();
    this.inVain = [...this.inVain, now].slice(-IN_VAIN);
    if (this.inVain.length === IN_VAIN && (this.inVain[0] ?? 0) > now - LATELY_MS) this.behind = true;
  }
}
