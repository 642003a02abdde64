import type { Readable } from 'node:stream';
import { mayHeal, TooLate } from './s3-errors';

/** How long a server is waited for. */
export interface Patience {
  /** What one attempt may take, and for each megabyte (1024 × 1024 bytes) that it carries so much more. */
  readonly attemptMs: number;
  readonly perMegabyteMs: number;
  readonly attempts: number;
  /** No attempt begins later than this after the first. */
  readonly lastAttemptMs: number;
  /** Between two pieces of a download. A reader who is slow does not count: the server is not waited for. */
  readonly pieceMs: number;
}

/** Ends, small files, before the 20 seconds are over that the worker gives a document; a file of 30 MB has 47 s. */
export const PATIENCE: Patience = {
  attemptMs: 5_000,
  perMegabyteMs: 1_000,
  attempts: 3,
  lastAttemptMs: 12_000,
  pieceMs: 10_000,
};

/** The time of one attempt. */
export interface Allowance {
  /** Aborts when it is over. */
  readonly signal: AbortSignal;
  /** Gives the time that so many bytes need. */
  carry(bytes: number): void;
}

const MEGABYTE = 1024 * 1024;
const FIRST_PAUSE_MS = 100;

/**
 * Does `attempt` until it succeeds, fails for good, or attempts or time are used up; rejects with the last error.
 * An attempt must be safe to repeat, and end when its signal says so.
 */
export async function persistently<T>(patience: Patience, attempt: (allowance: Allowance) => Promise<T>): Promise<T> {
  const last = Date.now() + patience.lastAttemptMs;
  for (let made = 1; ; made += 1) {
    try {
      return await timed(patience, attempt);
    } catch (error) {
      // Spread, so that those who were refused together do not come back together.
      const pauseMs = FIRST_PAUSE_MS * 2 ** made * (0.5 + Math.random() / 2);
      if (made >= patience.attempts || !mayHeal(error) || Date.now() + pauseMs > last) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

async function timed<T>(patience: Patience, attempt: (allowance: Allowance) => Promise<T>): Promise<T> {
  const ends = new AbortController();
  let allowedMs = patience.attemptMs;
  const end = () => ends.abort(new TooLate(`no answer within ${Math.round(allowedMs)} ms`));
  let timer = setTimeout(end, allowedMs);
  const carry = (bytes: number) => {
    clearTimeout(timer);
    allowedMs += (bytes / MEGABYTE) * patience.perMegabyteMs;
    timer = setTimeout(end, allowedMs);
  };
  try {
    return await attempt({ signal: ends.signal, carry });
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a body whose next piece does not come within `limitMs`. While its reader pauses nobody is waited for. */
export function endWhenStuck(body: Readable, limitMs: number): void {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    // A piece may be what made its reader pause.
    if (body.isPaused()) return;
    timer = setTimeout(() => body.destroy(new TooLate(`no piece within ${limitMs} ms`)), limitMs);
  };
  body.on('data', start).on('resume', start);
  body.on('pause', stop).on('end', stop).on('close', stop);
}
