import { setTimeout as pause } from 'node:timers/promises';

export interface PollOptions {
  readonly limitMs: number;
  readonly everyMs: number;
  /** Ends the wait early; the poll then rejects with the reason of the signal. */
  readonly signal?: AbortSignal;
}

/** Calls `probe` until it answers something other than `undefined`; answers `undefined` when the limit has passed. */
export async function poll<T>(
  probe: () => Promise<T | undefined> | T | undefined,
  options: PollOptions,
): Promise<T | undefined> {
  const until = Date.now() + options.limitMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const found = await probe();
    if (found !== undefined) return found;
    if (Date.now() >= until) return undefined;
    await pause(options.everyMs, undefined, options.signal ? { signal: options.signal } : {});
  }
}
