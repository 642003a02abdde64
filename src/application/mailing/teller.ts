import type { Logger } from 'pino';
import { RecipientRefused } from '../../activities/ports/mail';
import { epochMs, instant } from '../../domain/ids';
import { Loop } from './loop';
import { type TellingDeps, tell } from './tell';
import { claimTellings, postponeTelling, refuseTelling, settleTelling, type Telling } from './tellings';

export interface TellerOptions {
  /** Mails on their way at once. */
  readonly batch: number;
  readonly lookEveryMs: number;
}

/** First pause after a failure; it doubles each time, up to ten minutes, for as long as the server is down. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Tells applicants what happened to their practices: the mails that no legal effect waits for. Each is tried until the
 * server has taken it or refused its address; one that was on its way when a worker died is sent again under the same
 * Message-ID.
 */
export class Teller {
  private readonly loop: Loop;

  constructor(
    private readonly deps: TellingDeps & { readonly log: Logger },
    private readonly options: TellerOptions = { batch: 10, lookEveryMs: 500 },
  ) {
    this.loop = new Loop(
      () => this.round(),
      options.lookEveryMs,
      (error) => deps.log.warn({ err: error }, 'the queue of tellings could not be read'),
    );
  }

  start(): void {
    this.loop.start();
  }

  /** Takes no other telling and waits for those on their way. */
  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** Tells what is due now; true when there may be more. */
  async round(): Promise<boolean> {
    const { db, clock } = this.deps;
    const due = await claimTellings(db, clock.now(), this.options.batch);
    await Promise.all(due.map((telling) => this.deliver(telling)));
    return due.length === this.options.batch;
  }

  private async deliver(telling: Telling): Promise<void> {
    const { db, clock, log } = this.deps;
    const { practiceId, seq, attempts } = telling;
    try {
      await tell(this.deps, practiceId, seq);
      await settleTelling(db, telling);
    } catch (error) {
      // What a server says may name the person: it stays in the row.
      const name = error instanceof Error ? error.name : 'unknown';
      log.warn({ practice: practiceId, seq, attempts, error: name }, 'the applicant was not told');
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));
      const now = clock.now();
      const done =
        error instanceof RecipientRefused
          ? refuseTelling(db, telling, now)
          : postponeTelling(db, telling, instant(epochMs(now) + pause), String(error));
      // The lease expires by itself.
      await done.catch((failed: unknown) =>
        log.warn({ practice: practiceId, seq, err: failed }, 'a telling could not be put back'),
      );
    }
  }
}
