import PgBoss from 'pg-boss';
import type { Note } from '../workflows/notes';
import type { DoStep } from './child';
import type { ChildOptions, FromChild, ToChild } from './child-messages';

interface Job {
  readonly practice: string;
  readonly activity: number;
}

/** Jobs taken at once, by each queue. */
const BATCH = 20;

/**
 * The same steps as a chain of pg-boss jobs, on queues of the same names: each job sends the next one, a human act sends
 * the one that follows it. Queues look every half second, the least that pg-boss allows; here they are also woken by
 * whoever sends, which spares pg-boss the wait in its own process.
 */
export async function startPgBoss(
  options: ChildOptions,
  step: DoStep,
  say: (message: FromChild) => void,
): Promise<void> {
  const { notes, queues } = options;
  const boss = new PgBoss({ connectionString: options.stateUrl, max: 20 });
  boss.on('error', (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  await boss.start();
  const workers = new Map<string, string>();
  const send = async (practice: string, from: number): Promise<void> => {
    const next = nextActivity(notes, from);
    if (!next) return;
    await boss.send(next.queue, { practice, activity: next.activity });
    boss.notifyWorker(workers.get(next.queue) ?? '');
  };
  for (const queue of queues) {
    await boss.createQueue(queue);
    const worker = await boss.work<Job>(queue, { batchSize: BATCH, pollingIntervalSeconds: 0.5 }, async (jobs) => {
      await Promise.all(
        jobs.map(async ({ data: { practice, activity } }) => {
          await step(practice, activity);
          await send(practice, placeOf(notes, activity) + 1);
        }),
      );
    });
    workers.set(queue, worker);
  }
  process.on('message', ({ practice, number }: ToChild) => {
    const from = number < 0 ? 0 : placeOfMessage(notes, number) + 1;
    void send(practice, from).then(() => say({ say: 'taken', practice, number }));
  });
}

/** The activity that follows at once; undefined when a message or the end comes before. */
function nextActivity(notes: readonly Note[], from: number): Extract<Note, { do: 'begin' }> | undefined {
  for (const note of notes.slice(from)) {
    if (note.do === 'begin') return note;
    if (note.do === 'receive') return undefined;
  }
  return undefined;
}

function placeOf(notes: readonly Note[], activity: number): number {
  return notes.findIndex((note) => note.do === 'begin' && note.activity === activity);
}

function placeOfMessage(notes: readonly Note[], number: number): number {
  const places = notes.flatMap((note, place) => (note.do === 'receive' ? [place] : []));
  return places[number] ?? notes.length;
}
