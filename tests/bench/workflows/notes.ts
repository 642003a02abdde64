import type { QueueName } from '../../../src/domain/queues';

/**
 * What happened in the life of a practice, without what it meant: which activity was started on which queue, when its
 * end was waited for, when a message came and was answered, which timers ran. Played again, it costs the engine the
 * same work in the same order.
 */
export type Note =
  | { readonly do: 'begin'; readonly activity: number; readonly queue: QueueName }
  | { readonly do: 'await'; readonly activity: number }
  | { readonly do: 'receive'; readonly message: 'update' | 'signal' }
  | { readonly do: 'answer' }
  | { readonly do: 'startTimer'; readonly timer: number }
  | { readonly do: 'stopTimer'; readonly timer: number };

export interface Playing {
  readonly practice: string;
  readonly notes: readonly Note[];
}
