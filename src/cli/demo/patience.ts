import { seconds } from './text';

/** How long to insist and whom to tell. */
export interface Patience {
  readonly limitMs: number;
  /** Told progress, line by line. */
  readonly report: (text: string) => void;
}

/** An expected step did not happen. `look` says where to look for the reason. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
  constructor(
    message: string,
    readonly look: readonly string[] = [],
  ) {
    super(message);
  }
}

/** Something that may heal by itself: a cut connection, a 503, a process that is being restarted. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}

const INSIST_EVERY_MS = 500;
const LOOK_EVERY_MS = 200;
const LONG_WAIT_MS = 5_000;

/**
 * Does something until it is done. Trouble is told and the attempt repeated; whatever is repeated must be safe to repeat.
 * @throws DemoFailure when the trouble lasts longer than the limit
 */
export async function insist<T>(
  what: string,
  { limitMs, report }: Patience,
  attempt: () => Promise<T>,
  again = 'trying again',
): Promise<T> {
  const begun = Date.now();
  let told = '';
  for (;;) {
    try {
      const result = await attempt();
      if (told !== '') report(`  … ${what}: done after ${seconds(Date.now() - begun)}`);
      return result;
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (Date.now() - begun >= limitMs) {
        throw new DemoFailure(`${what}: tried in vain for ${seconds(limitMs)}, last: ${error.message}`);
      }
      if (error.message !== told) report(`  … ${what}: ${error.message}; ${again}`);
      told = error.message;
      await pause(INSIST_EVERY_MS);
    }
  }
}

/** Asks until there is an answer, or until the limit has passed: then undefined. A wait that takes long is told, once. */
export async function lookFor<T>(
  what: string,
  { limitMs, report }: Patience,
  ask: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const begun = Date.now();
  let told = false;
  for (;;) {
    const answer = await ask();
    const waited = Date.now() - begun;
    if (answer !== undefined || waited >= limitMs) return answer;
    if (waited > LONG_WAIT_MS && !told) {
      report(`  … waiting for ${what}, at most ${seconds(limitMs)}`);
      told = true;
    }
    await pause(LOOK_EVERY_MS);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
