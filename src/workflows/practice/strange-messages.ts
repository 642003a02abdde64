import { ActivityFailure, CancellationScope, log, patched } from '@temporalio/workflow';
import { isText } from '../../domain/practice/well-formed';
import type { PracticeEntity } from './entity';
import type { StrangeMessage } from './messages';
import type { Proxies } from './proxies';

/** A flood of them tells no more than the first few. */
const MAX_TOLD = 20;

/**
 * Messages that nobody can read or nobody expects: they move nothing and disturb nobody, but a person is told, once for
 * each kind and run, because something that should not be there talks to the engine.
 */
export class StrangeMessages {
  private readonly told = new Set<string>();

  constructor(
    private readonly p: PracticeEntity,
    private readonly a: Proxies,
  ) {}

  /** Never throws: a signal handler that does would fail the practice. */
  async came(name: unknown, why: StrangeMessage['why'] = 'malformed'): Promise<void> {
    const message = isText(name) ? name : 'strangeMessage';
    log.warn('strange message turned away', { message, why });
    const kind = `${why} ${message}`;
    // Before release 0.3.0 an unknown signal left no trace in the history.
    if (this.told.size >= MAX_TOLD || this.told.has(kind) || !patched('strange-messages')) return;
    this.told.add(kind);
    try {
      // Handlers are outside of the practice's own scope: a request of cancellation would reach them.
      await CancellationScope.nonCancellable(() => this.a.reportStrange({ practice: this.p.state.id, message, why }));
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
    }
  }
}
