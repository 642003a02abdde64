import { waitingFor } from '../../src/application/administration/waiting-for';
import { readOutcome } from '../../src/application/inbox/outcomes';
import { readSnapshot } from '../../src/application/snapshot';
import { epochMs, type Instant } from '../../src/domain/ids';
import { hasOpenDocuments } from '../../src/domain/practice/documents';
import { hasEnded } from '../../src/domain/practice/state';
import type { System } from './system';

/** What a fault has cost, counted in the database, with a sentence for each case. */
export interface Damage {
  /** Accepted acts, receipts and submissions without effect or outcome. */
  readonly lost: number;
  /** Documents with two numbers, positions paid twice, commands with two effects. */
  readonly doubled: number;
  /** Practices that neither ended, nor wait for a person or a deadline, nor are flagged for somebody. */
  readonly unresolved: number;
  readonly cases: readonly string[];
}

export const NO_DAMAGE: Damage = { lost: 0, doubled: 0, unresolved: 0, cases: [] };

type Db = Pick<System['db'], 'prisma' | 'pool'>;
type Counted = { readonly db: Db; readonly application: { readonly clock: { now(): Instant } } };

/** How late a deadline may have its effect once everything is well. */
const DEADLINE_LATE_MS = 65_000;

/**
 * Counts what the faults of a test have cost. What is only slow is no damage: it is given `withinMs` to come to rest,
 * and what is counted is what is left then.
 */
export async function countDamage(system: Counted, withinMs = 30_000): Promise<Damage> {
  const limit = Date.now() + withinMs;
  for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 1_000)) {
    const damage = await count(system);
    if ((damage.lost === 0 && damage.unresolved === 0) || Date.now() > limit) return damage;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function count({ db, application }: Counted): Promise<Damage> {
  const lost = await lostActs(db);
  const doubled = [...(await secondNumbers(db)), ...(await secondPayments(db)), ...(await secondEffects(db))];
  const unresolved = await stuckPractices(db, application.clock.now());
  const cases = [...lost, ...doubled, ...unresolved];
  return { lost: lost.length, doubled: doubled.length, unresolved: unresolved.length, cases };
}

async function lostActs({ prisma }: Db): Promise<string[]> {
  const submitted = new Set((await prisma.submission.findMany()).map((row) => row.commandId));
  const effects = new Set(
    (await prisma.practiceEventRow.findMany({ select: { cause: true }, distinct: ['cause'] })).map((row) => row.cause),
  );
  return (await prisma.inboxRow.findMany()).flatMap((row): string[] => {
    const outcome = readOutcome(row.outcome);
    const name = `${row.type} ${row.id}`;
    if (!outcome) return [`lost: ${name} has no outcome`];
    // What was frozen at intake may not be refused later.
    if (submitted.has(row.id) && outcome.result !== 'done') return [`lost: ${name} was accepted and then refused`];
    const effect = effects.has(`act:${row.id}`) || effects.has(`signal:${row.id}`);
    return outcome.result === 'done' && !effect ? [`lost: ${name} is done and did nothing`] : [];
  });
}

async function secondNumbers({ pool }: Db): Promise<string[]> {
  // By reference, and by the bytes registered: a second number under another reference would be one all the same.
  const { rows } = await pool.query<{ what: string; n: string }>(
    `SELECT own_ref AS what, count(*) AS n FROM register_entry GROUP BY tenant_id, own_ref HAVING count(*) > 1
     UNION ALL
     SELECT practice_id || ' document ' || (data->>'document'), count(DISTINCT data->>'number') FROM practice_event
     WHERE data ? 'number' AND data ? 'document' GROUP BY practice_id, data->>'document'
     HAVING count(DISTINCT data->>'number') > 1`,
  );
  return rows.map(({ what, n }) => `doubled: ${what} has ${n} numbers`);
}

async function secondPayments({ pool }: Db): Promise<string[]> {
  const { rows } = await pool.query<{ what: string }>(
    `SELECT practice_id || ' position ' || (data->>'payment') AS what FROM practice_event
     WHERE type = 'paymentReceived' GROUP BY practice_id, data->>'payment' HAVING count(*) > 1
     UNION ALL
     SELECT practice_id || ' ' || phase FROM payment WHERE status = 'paid' GROUP BY practice_id, phase HAVING count(*) > 1`,
  );
  return rows.map(({ what }) => `doubled: ${what} is paid twice`);
}

/** The events of one cause stand together and differ: the same again, or again later, is a second effect. */
async function secondEffects({ pool }: Db): Promise<string[]> {
  const { rows } = await pool.query<{ cause: string; n: string }>(
    `SELECT practice_id || ' ' || cause AS cause, count(*) AS n FROM (
       SELECT practice_id, cause, seq, lag(cause) OVER (PARTITION BY practice_id ORDER BY seq) AS before
       FROM practice_event WHERE cause ~ '^(act|signal|timer):'
     ) AS e WHERE before IS DISTINCT FROM cause GROUP BY practice_id, e.cause HAVING count(*) > 1
     UNION ALL
     SELECT practice_id || ' ' || cause, count(*) FROM practice_event WHERE cause ~ '^(act|signal|timer):'
     GROUP BY practice_id, cause, type, data HAVING count(*) > 1`,
  );
  return rows.map(({ cause, n }) => `doubled: ${cause} had its effect ${n} times`);
}

async function stuckPractices({ prisma }: Db, now: Instant): Promise<string[]> {
  const tasks = await prisma.operatorTask.findMany({ where: { closedAt: null } });
  const told = new Set(tasks.map((task) => task.practiceId));
  return (await prisma.practice.findMany()).flatMap((row): string[] => {
    const { state, clock } = readSnapshot(row.snapshot);
    if (told.has(row.id) || state.attention.length > 0) return [];
    if (row.seq === 0) return [`unresolved: ${row.id} has not begun`];
    const overdue = clock.deadlines.find((due) => epochMs(due.expiresAt) + DEADLINE_LATE_MS < epochMs(now));
    if (overdue) return [`unresolved: ${row.id}: its ${overdue.kind} deadline passed without effect`];
    if (hasEnded(state) && !hasOpenDocuments(state)) return [];
    const people = waitingFor(state, clock, now).some(({ on }) => !BY_ITSELF.includes(on));
    return people ? [] : [`unresolved: ${row.id} is ${state.status} and waits for nobody`];
  });
}

/** Those that do something without being asked: a practice at rest does not wait for them. */
const BY_ITSELF: readonly string[] = ['documents', 'register', 'paymentGateway', 'nobody'];
