import type { FastifyBaseLogger } from 'fastify';
import { troubleOf } from './trouble';

/** What a stranger may know of a part that does not work. Anything more is in the log. */
export type Reason = 'no space left' | 'every connection is in use' | 'no answer within 2 s' | 'not available';

export interface ProbeAnswer {
  readonly name: string;
  readonly ok: boolean;
  readonly reason?: Reason;
}

const LIMIT_MS = 2_000;

/** Asks one part whether it works. */
export class Probe {
  private running: Promise<void> | undefined;
  /** What the log was told last; it hears of changes, not of every question. */
  private told: Reason | undefined;

  constructor(
    readonly name: string,
    private readonly log: FastifyBaseLogger,
    private readonly part: {
      readonly ask: () => Promise<void>;
      /** Known without asking. */
      readonly isFull?: () => boolean;
      /** Explains why there is no answer. */
      readonly isBusy?: () => boolean;
    },
  ) {}

  /** Answers within two seconds, whatever the part does, and never rejects. */
  async answer(): Promise<ProbeAnswer> {
    const found = await this.find();
    if (found.reason !== this.told) {
      const { reason } = found;
      if (reason === undefined) this.log.info({ probe: this.name }, 'ready again');
      else this.log.warn({ probe: this.name, reason, err: found.error }, 'not ready');
      this.told = reason;
    }
    const { name } = this;
    return found.reason === undefined ? { name, ok: true } : { name, ok: false, reason: found.reason };
  }

  private async find(): Promise<{ readonly reason: Reason | undefined; readonly error?: unknown }> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), LIMIT_MS);
    });
    try {
      const outcome = await Promise.race([this.ask(), late]);
      if (this.part.isFull?.()) return { reason: 'no space left' };
      if (outcome !== 'late') return { reason: undefined };
      return { reason: this.part.isBusy?.() ? 'every connection is in use' : 'no answer within 2 s' };
    } catch (error) {
      return { reason: reasonOf(error), error };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Who asks while a question is open waits for the same answer: questions must not pile up on what is slow. */
  private ask(): Promise<void> {
    this.running ??= this.part.ask().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }
}

function reasonOf(error: unknown): Reason {
  const trouble = troubleOf(error);
  if (trouble === 'STORAGE_FULL') return 'no space left';
  return trouble === 'OVERLOADED' ? 'every connection is in use' : 'not available';
}
