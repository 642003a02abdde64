import type { temporal } from '@temporalio/proto';
import { QUEUES, type QueueName } from '../../../src/domain/queues';
import type { Note } from '../workflows/notes';

type History = temporal.api.history.v1.IHistory;
type Event = temporal.api.history.v1.IHistoryEvent;

/** The notes of a life that the product has lived, and what is needed to play it at the right time. */
export interface Score {
  readonly notes: readonly Note[];
  /** Name of the activity that each number stands for, in the order in which they were scheduled. */
  readonly activities: readonly { readonly name: string; readonly queue: QueueName; readonly event: Event }[];
  /** Messages in order: what they are, and the activity after which they may come. */
  readonly messages: readonly { readonly message: 'update' | 'signal'; readonly after: number }[];
  readonly counts: {
    readonly activities: number;
    readonly updates: number;
    readonly signals: number;
    readonly timers: number;
  };
}

/** Reads the notes of a history. @throws Error for an event that no straightforward practice has */
export function scoreOf(history: History): Score {
  const events = history.events ?? [];
  const activities: Score['activities'][number][] = [];
  const messages: Score['messages'][number][] = [];
  const numbers = new Map<string, number>();
  let ended = -1;
  const notes = events.flatMap((event): Note[] => {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      const queue = queueOf(scheduled.taskQueue?.name ?? '');
      numbers.set(`${event.eventId}`, activities.length);
      activities.push({ name: scheduled.activityType?.name ?? '', queue, event });
      return [{ do: 'begin', activity: activities.length - 1, queue }];
    }
    const completed = event.activityTaskCompletedEventAttributes;
    if (completed) {
      ended = numbers.get(`${completed.scheduledEventId}`) ?? -1;
      return [{ do: 'await', activity: ended }];
    }
    const message = messageOf(event);
    if (message) {
      messages.push({ message, after: ended });
      return [{ do: 'receive', message }];
    }
    return otherNote(event);
  });
  const count = (is: (note: Note) => boolean) => notes.filter(is).length;
  const counts = {
    activities: activities.length,
    updates: count((note) => note.do === 'receive' && note.message === 'update'),
    signals: count((note) => note.do === 'receive' && note.message === 'signal'),
    timers: count((note) => note.do === 'startTimer'),
  };
  return { notes, activities, messages, counts };
}

function messageOf(event: Event): 'update' | 'signal' | undefined {
  if (event.workflowExecutionUpdateAcceptedEventAttributes) return 'update';
  return event.workflowExecutionSignaledEventAttributes ? 'signal' : undefined;
}

function otherNote(event: Event): Note[] {
  if (event.workflowExecutionUpdateCompletedEventAttributes) return [{ do: 'answer' }];
  const started = event.timerStartedEventAttributes;
  if (started) return [{ do: 'startTimer', timer: Number(started.timerId) }];
  const cancelled = event.timerCanceledEventAttributes;
  if (cancelled) return [{ do: 'stopTimer', timer: Number(cancelled.timerId) }];
  const odd =
    event.timerFiredEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.workflowTaskFailedEventAttributes;
  if (odd) throw new Error(`event ${event.eventId} has no place in a straightforward life: ${JSON.stringify(odd)}`);
  return [];
}

function queueOf(taskQueue: string): QueueName {
  const found = QUEUES.find((queue) => taskQueue.endsWith(queue));
  if (!found) throw new Error(`an activity ran on the queue ${taskQueue}, which is none of the product's`);
  return found;
}
