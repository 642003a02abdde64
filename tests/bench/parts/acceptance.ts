import { openDatabase } from '../../../src/platform/database';
import type { Bench } from '../bench';
import { openLoop, pause } from '../load';
import { copyPractice, startCopies } from '../product/copies';
import { act } from '../product/life';
import { draftReport } from '../product/nuisance';
import type { Person } from '../product/people';
import { settled } from '../stack/settled';
import { percentile } from '../stats';

const MOST_UNDER_WAY = 5_000;
const DRAIN_LIMIT_MS = 45 * 60_000;
const LOOK_EVERY_MS = 500;

interface Answer {
  readonly id: string;
  readonly wantedAt: number;
  readonly ms: number;
  readonly status: number;
}

/** Many submissions in a short time: how soon each is safe, whether one is lost, how long it takes to work them off. */
export async function acceptance(bench: Bench): Promise<void> {
  const { world, figures, sizes, say } = bench;
  await bench.product.start();
  const { perSecond, seconds } = sizes.acceptance;
  const citizen = world.people.citizen();
  const drafts = await openDrafts(bench, citizen, perSecond * seconds);
  say(`${drafts.length} drafts are open; ${perSecond} submissions per second for ${seconds} s`);
  const answers: Answer[] = [];
  let next = 0;
  const begin = performance.now();
  const arrivals = drafts.map((_, index) => (index * 1000) / perSecond);
  await openLoop(arrivals, MOST_UNDER_WAY, async (wantedAt) => {
    const id = drafts[next] ?? '';
    next += 1;
    const answer = await act(world, citizen, 'submit', id, 'submit').catch((error: Error) => error);
    // Refused or unanswered: whether it is safe all the same is asked of the database.
    const status = answer instanceof Error ? 0 : answer.status;
    answers.push({ id, wantedAt, ms: performance.now() - wantedAt, status });
  });
  const lastWanted = Math.max(...answers.map(({ wantedAt }) => wantedAt));
  figures.set('acceptance.submissions', answers.length);
  figures.set('acceptance.rate', (answers.length * 1000) / (lastWanted - begin + 1000 / perSecond));
  noteAnswers(bench, answers);
  await noteSafety(bench, answers);
  await drain(bench, drafts, lastWanted);
}

/** Drafts with their workflows: one is opened through the API, the others are its copies. */
async function openDrafts(bench: Bench, citizen: Person, count: number): Promise<readonly string[]> {
  const { world, databaseUrl, client, product, engine } = bench;
  const first = await draftReport(world, citizen);
  await settled(() => engine.cpuSeconds() + product.cpuSeconds());
  const copies = await copyPractice(databaseUrl, first, count);
  const db = openDatabase(databaseUrl, 20);
  await startCopies(db, client, product.apiUrl, copies);
  await db.close();
  await settled(() => engine.cpuSeconds() + product.cpuSeconds());
  return copies;
}

function noteAnswers({ figures }: Bench, answers: readonly Answer[]): void {
  const times = answers.map(({ ms }) => ms);
  figures.set('acceptance.answer.p50', percentile(times, 0.5));
  figures.set('acceptance.answer.p95', percentile(times, 0.95));
  figures.set('acceptance.answeredAtOnce', answers.filter(({ status }) => status === 200).length / answers.length);
}

/** Safe is what is committed: the frozen submission, which never changes, carries the instant. */
async function noteSafety({ world, figures }: Bench, answers: readonly Answer[]): Promise<void> {
  const rows = await world.watcher.query<{ id: string; at: string }>(
    `SELECT s.practice_id AS id, extract(epoch FROM pg_xact_commit_timestamp(s.xmin)) * 1000 AS at
     FROM submission s JOIN inbox i ON i.id = s.command_id
     WHERE s.practice_id = ANY ($1::uuid[])`,
    [answers.map(({ id }) => id)],
  );
  const committed = new Map(rows.map(({ id, at }) => [id, Number(at) - performance.timeOrigin]));
  const waits = answers.flatMap(({ id, wantedAt }) => {
    const at = committed.get(id);
    return at === undefined ? [] : [at - wantedAt];
  });
  figures.set('acceptance.safe.p50', percentile(waits, 0.5));
  figures.set('acceptance.safe.p95', percentile(waits, 0.95));
  figures.set('acceptance.lost', answers.length - waits.length);
}

async function drain({ world, figures, say }: Bench, ids: readonly string[], lastWanted: number): Promise<void> {
  const until = performance.now() + DRAIN_LIMIT_MS;
  let left = ids.length;
  for (;;) {
    const [row] = await world.watcher.query<{ left: string }>(
      'SELECT count(*) AS left FROM practice WHERE id = ANY ($1::uuid[]) AND registered_at IS NULL',
      [ids],
    );
    left = Number(row?.left);
    if (left === 0 || performance.now() > until) break;
    await pause(LOOK_EVERY_MS);
  }
  const seconds = (performance.now() - lastWanted) / 1000;
  figures.set('acceptance.unregistered', left);
  figures.set('acceptance.drain', left === 0 ? seconds : undefined);
  say(`${ids.length - left} of ${ids.length} were registered ${seconds.toFixed(0)} s after the last was sent`);
}
