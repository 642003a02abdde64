/** One practice, from its beginning to its decision, as whoever drives it saw it. Instants are of `performance.now()`. */
export interface Life {
  readonly begunAt: number;
  readonly endedAt: number;
  /** How long the applicant waited for the answer to the submission. */
  readonly submitMs: number;
}

const LONGEST_MS = 30_000;

export interface LoopOptions {
  /** Practices under way at once: who finishes one begins the next. */
  readonly concurrency: number;
  /** At least so long, and until as many lives have ended as are under way at once. */
  readonly warmUpMs: number;
  /** Then it is enough anyway; half a minute unless given. */
  readonly longestWarmUpMs?: number;
  readonly windows: number;
  readonly windowMs: number;
  /** Read when the first window begins and when the last one has ended. */
  readonly meter?: { begin(): Promise<void>; end(): Promise<void> };
}

export interface Lives {
  /** Practices per second of each window: those that ended in it. */
  readonly rates: readonly number[];
  /** All that ended in a window. */
  readonly lives: readonly Life[];
}

/**
 * Closed loop: as many lives at once as asked for, for a warm-up and some windows one after the other. What is under way
 * at the end is brought to its end and not counted. Rejects with the first life that fails.
 */
export async function closedLoop(options: LoopOptions, live: (loop: number) => Promise<Life>): Promise<Lives> {
  const { concurrency, warmUpMs, longestWarmUpMs = LONGEST_MS, windows, windowMs, meter } = options;
  const ended: Life[] = [];
  const stop = new AbortController();
  const loops = Array.from({ length: concurrency }, async (_, loop) => {
    // One after the other: lives that begin together also end together, and windows would count all or none.
    await pause((loop / concurrency) * warmUpMs);
    while (!stop.signal.aborted) ended.push(await live(loop));
  });
  const failed = Promise.all(loops).then(() => undefined);
  failed.catch(() => stop.abort());
  const until = (ms: number) => Promise.race([pause(ms), failed]);
  const coldUntil = performance.now() + longestWarmUpMs;
  await until(warmUpMs);
  while (ended.length < concurrency && performance.now() < coldUntil) await until(50);
  await meter?.begin();
  const from = performance.now();
  await until(windows * windowMs);
  // A window in which nothing ended says nothing: it goes on until something has.
  while (!ended.some(({ endedAt }) => endedAt >= from) && performance.now() < from + LONGEST_MS) await until(50);
  const to = performance.now();
  const inside = ended.filter(({ endedAt }) => endedAt >= from && endedAt <= to);
  await meter?.end();
  stop.abort();
  await failed;
  const measuredMs = (to - from) / windows;
  const rates = Array.from({ length: windows }, (_, index) => {
    const [begin, end] = [from + index * measuredMs, from + (index + 1) * measuredMs];
    const last = index === windows - 1;
    const count = inside.filter(({ endedAt }) => endedAt >= begin && (last || endedAt < end)).length;
    return (count * 1000) / measuredMs;
  });
  return { rates, lives: inside };
}

/**
 * Open loop: sends when it is time, whatever became of what was sent before, and waits for all at the end.
 * @param arrivals milliseconds from the beginning, ascending
 * @param send gets the instant (of `performance.now()`) at which it was wanted
 * @throws Error when more than `limit` are under way: the system falls behind without end
 */
export async function openLoop(
  arrivals: readonly number[],
  limit: number,
  send: (wantedAt: number) => Promise<void>,
): Promise<void> {
  const begin = performance.now();
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (const arrival of arrivals) {
    const wantedAt = begin + arrival;
    const early = wantedAt - performance.now();
    if (early > 0) await pause(early);
    if (failures.length > 0) throw failures[0];
    if (underWay.size >= limit) throw new Error(`more than ${limit} under way: the system falls behind without end`);
    const sent: Promise<void> = send(wantedAt)
      .catch((error: unknown) => {
        failures.push(error);
      })
      .finally(() => underWay.delete(sent));
    underWay.add(sent);
  }
  await Promise.all(underWay);
  if (failures.length > 0) throw failures[0];
}

/** Works through a list with so many at once. Rejects with the first that fails. */
export async function inParallel<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(atOnce, items.length) }, async () => {
      while (next < items.length) {
        const index = next;
        next += 1;
        await work(items[index] as T, index);
      }
    }),
  );
}

/** Waits. A load has its own time: unlike a test it does not look whether something is done. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
