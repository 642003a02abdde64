import type { Form } from './options';

/** How a rung is measured. */
export interface LoopSizes {
  readonly warmUpMs: number;
  /** See `LoopOptions`. */
  readonly longestWarmUpMs?: number;
  readonly windows: number;
  readonly windowMs: number;
}

/** How much is done in each part. The short form has the same parts with small numbers. */
export interface Sizes {
  /** Lives that warm processes up before anything is measured of them. */
  readonly warmUpLives: number;
  readonly quick: LoopSizes;
  readonly engine: LoopSizes;
  readonly lives: LoopSizes;
  readonly practice: LoopSizes;
  readonly open: { readonly seconds: number; readonly warmUpSeconds: number };
  readonly acceptance: { readonly perSecond: number; readonly seconds: number };
  readonly saves: { readonly drafts: number; readonly seconds: number };
  readonly cold: { readonly practices: number };
  readonly recovery: { readonly beforeSeconds: number; readonly afterSeconds: number };
  readonly memory: {
    /** Open practices at which memory is read with room for all of them in the worker's cache. */
    readonly cached: readonly number[];
    readonly open: number;
    /** Longest time to open them; what is reached by then is reported. */
    readonly limitSeconds: number;
    readonly loop: LoopSizes;
  };
  readonly lists: { readonly practices: number; readonly seconds: number };
}

const SIZES: Readonly<Record<Form, Sizes>> = {
  full: {
    warmUpLives: 120,
    quick: { warmUpMs: 1_000, windows: 3, windowMs: 2_000 },
    engine: { warmUpMs: 2_000, windows: 3, windowMs: 5_000 },
    lives: { warmUpMs: 4_000, windows: 3, windowMs: 9_000 },
    practice: { warmUpMs: 5_000, windows: 1, windowMs: 20_000 },
    open: { seconds: 60, warmUpSeconds: 8 },
    acceptance: { perSecond: 100, seconds: 60 },
    saves: { drafts: 64, seconds: 10 },
    cold: { practices: 30 },
    recovery: { beforeSeconds: 20, afterSeconds: 45 },
    memory: {
      cached: [1_000, 2_000, 3_000, 4_000, 5_000],
      open: 20_000,
      limitSeconds: 480,
      loop: { warmUpMs: 4_000, windows: 1, windowMs: 15_000 },
    },
    lists: { practices: 1_000_000, seconds: 45 },
  },
  short: {
    warmUpLives: 4,
    quick: { warmUpMs: 200, windows: 1, windowMs: 500 },
    engine: { warmUpMs: 500, windows: 1, windowMs: 1_500 },
    lives: { warmUpMs: 1_500, longestWarmUpMs: 6_000, windows: 1, windowMs: 4_000 },
    practice: { warmUpMs: 1_500, windows: 1, windowMs: 5_000 },
    open: { seconds: 8, warmUpSeconds: 1 },
    acceptance: { perSecond: 20, seconds: 5 },
    saves: { drafts: 16, seconds: 2 },
    cold: { practices: 5 },
    recovery: { beforeSeconds: 6, afterSeconds: 25 },
    memory: {
      cached: [50, 100, 150],
      open: 300,
      limitSeconds: 60,
      loop: { warmUpMs: 500, windows: 1, windowMs: 3_000 },
    },
    lists: { practices: 20_000, seconds: 10 },
  },
};

/** The sizes of a form. */
export function sizesOf(form: Form): Sizes {
  return SIZES[form];
}
