import {
  CancellationScope,
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { QueueName } from '../../../src/domain/queues';
import type { Note, Playing } from './notes';

const tell = defineUpdate<void, []>('tell');
const news = defineSignal<[]>('news');

/** The barest practice: it is told something, answers and ends. */
export async function bare(): Promise<void> {
  let told = false;
  setHandler(tell, () => {
    told = true;
  });
  await condition(() => told);
}

interface Steps {
  step(input: { readonly practice: string; readonly activity: number }): Promise<void>;
}

/** Plays the notes of a practice's life. Messages are taken one after the other; an update ends when it is answered. */
export async function play({ practice, notes }: Playing): Promise<void> {
  let [arrived, received, asked, answered] = [0, 0, 0, 0];
  setHandler(tell, async () => {
    arrived += 1;
    asked += 1;
    const mine = asked;
    await condition(() => answered >= mine);
  });
  setHandler(news, () => {
    arrived += 1;
  });
  const activities = new Map<number, Promise<void>>();
  const timers = new Map<number, CancellationScope>();
  const steps = stepsByQueue();
  for (const note of notes) {
    switch (note.do) {
      case 'begin':
        activities.set(note.activity, steps(note.queue).step({ practice, activity: note.activity }));
        break;
      case 'await':
        await activities.get(note.activity);
        break;
      case 'receive':
        await condition(() => arrived > received);
        received += 1;
        break;
      case 'answer':
        answered += 1;
        break;
      default:
        turn(note, timers);
    }
  }
}

/** A timer that will never fire, as the deadlines of a practice that is dealt with in time. */
function turn(note: Extract<Note, { do: 'startTimer' | 'stopTimer' }>, timers: Map<number, CancellationScope>): void {
  if (note.do === 'stopTimer') {
    timers.get(note.timer)?.cancel();
    return;
  }
  const scope = new CancellationScope();
  timers.set(note.timer, scope);
  scope.run(() => sleep('30 days')).catch(() => undefined);
}

/** Activities on the queues of the same deployment, as the product has them. */
function stepsByQueue(): (queue: QueueName) => Steps {
  const known = new Map<QueueName, Steps>();
  const own = workflowInfo().taskQueue;
  return (queue) => {
    const steps =
      known.get(queue) ??
      proxyActivities<Steps>({ taskQueue: own.replace(/practice$/, queue), startToCloseTimeout: '30s' });
    known.set(queue, steps);
    return steps;
  };
}
