/** How much is broken: 3 rounds on each change, 10 or more where there is time (ITER_FAULT_ROUNDS). */
export const ROUNDS = Number(process.env['ITER_FAULT_ROUNDS'] ?? '3');

/** Whether the long form was asked for. */
export const IS_LONG = ROUNDS >= 10;

/** What every random choice of this run follows from; give it again (ITER_FAULT_SEED) to repeat the run. */
export const SEED = Number(process.env['ITER_FAULT_SEED'] ?? Date.now() % 1_000_000);

/** A number for the short form and one for the long form; between and beyond them the long one grows with the rounds. */
export function times(short: number, long: number): number {
  return IS_LONG ? Math.round((long * ROUNDS) / 10) : short;
}

/** Prints what is needed to repeat a run. */
export function announce(what: string): void {
  process.stdout.write(`${what}: seed ${SEED}, ${ROUNDS} rounds (ITER_FAULT_SEED, ITER_FAULT_ROUNDS)\n`);
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function numbers(seed: number = SEED): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The same members in an order that the numbers choose. */
export function shuffled<T>(members: readonly T[], random: () => number): T[] {
  return members
    .map((member) => ({ member, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ member }) => member);
}
