/**
 * The smallest value that at least this share of the values does not exceed (nearest rank, nothing interpolated).
 * @param share from 0 to 1. Answers NaN for no values.
 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length - 1e-9));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle of an odd number of values; of an even number the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Median, smallest and largest of repeated measurements. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What repeated measurements say together. */
export function spreadOf(values: readonly number[]): Spread {
  return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** How much of the second the first is; NaN when there is nothing to compare with. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? Number.NaN : part / whole;
}

/** Slope of the straight line that fits the points best (least squares), in y per x. NaN for fewer than two points. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return ratio(covariance, variance);
}

/** Numbers from 0 (included) to 1 (excluded) that a seed repeats (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * When customers arrive who know nothing of each other: milliseconds from the beginning, ascending, all below `forMs`.
 * @param perSecond mean rate
 */
export function poissonArrivals(perSecond: number, forMs: number, random: () => number): number[] {
  const arrivals: number[] = [];
  for (let at = 0; ; ) {
    at += (-Math.log(1 - random()) / perSecond) * 1000;
    if (at >= forMs) return arrivals;
    arrivals.push(at);
  }
}

/** Something that was wanted at an instant and took a time; both in milliseconds. */
export interface Sample {
  readonly at: number;
  readonly ms: number;
}

/**
 * How long after `since` it took until all is well again: the first instant from which on, in every window of `windowMs`
 * that begins there or later, the 99th percentile of what was wanted in it is at most `limitMs`. Windows move by `stepMs`.
 * Answers undefined when the samples end before that.
 */
export function recoveryMs(
  samples: readonly Sample[],
  since: number,
  { windowMs, stepMs, limitMs }: { readonly windowMs: number; readonly stepMs: number; readonly limitMs: number },
): number | undefined {
  const end = Math.max(...samples.map(({ at }) => at));
  let well: number | undefined;
  for (let from = since; from + windowMs <= end; from += stepMs) {
    const inside = samples.filter(({ at }) => at >= from && at < from + windowMs).map(({ ms }) => ms);
    const good = inside.length === 0 || percentile(inside, 0.99) <= limitMs;
    if (!good) well = undefined;
    else well ??= from - since;
  }
  return well;
}
