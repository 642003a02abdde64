import type { PracticeSnapshot } from '../../src/activities/contract';
import { readOutcome } from '../../src/application/inbox/outcomes';
import { chainHash, GENESIS } from '../../src/application/projection/hash-chain';
import { readSnapshot } from '../../src/application/snapshot';
import { asId, instant, type PracticeId, type TenantCode, workflowIdOf } from '../../src/domain/ids';
import type { PracticeEvent } from '../../src/domain/practice/events';
import { evolve, hasEnded, newborn } from '../../src/domain/practice/state';
import { isEdge } from '../../src/domain/practice/transitions';
import { evaluateClock } from '../../src/domain/terms/practice-clock';
import { Prisma } from '../../src/generated/prisma/client';
import type { System } from './system';
import { until } from './until';

/** What a test leaves on purpose; everything else must be settled. */
export interface Exceptions {
  /** Rows of the inbox may still be without outcome: the engine was left down. */
  readonly pending?: boolean;
}

/**
 * The one checker, called after each integration test: I1 nobody is left in the middle without a reason, I2 one number
 * per document and gapless registers, I3 no position paid twice or left open, I4 gapless, chained events whose fold is
 * what is shown, I5 one outcome per command, told by an event or by a refusal, I6 no deadline before its time.
 */
export async function checkInvariants(system: System, exceptions: Exceptions = {}): Promise<void> {
  if (!exceptions.pending) await delivered(system);
  const broken: string[] = [];
  const practices = await system.db.prisma.practice.findMany();
  for (const practice of practices) {
    const say = (rule: string, what: string) => broken.push(`${rule} practice ${practice.id}: ${what}`);
    await checkPractice(system.db, practice, say, system.application.clock.now());
    await checkWorkflow(system, practice, say);
    await checkMoney(system, practice, say);
  }
  await checkRegister(system, broken);
  await checkInbox(system, exceptions, broken);
  if (broken.length > 0) throw new Error(`invariants broken:\n  ${broken.join('\n  ')}`);
}

/** What is wrong with the practices of a database by itself: sequence, chain, fold, edges, clock. */
export async function brokenInPractices(db: Pick<System['db'], 'prisma'>): Promise<string[]> {
  const broken: string[] = [];
  for (const practice of await db.prisma.practice.findMany()) {
    const say = (rule: string, what: string) => broken.push(`${rule} practice ${practice.id}: ${what}`);
    await checkPractice(db, practice, say);
    const paid = await db.prisma.payment.count({
      where: { practiceId: practice.id, status: 'paid', phase: 'request' },
    });
    if (paid > 1) say('I3', 'more than one position of the request is paid');
  }
  return broken;
}

async function checkPractice(db: Pick<System['db'], 'prisma'>, practice: Row, say: Say, now?: string): Promise<void> {
  const { state, clock } = readSnapshot(practice.snapshot);
  await checkEvents(db, practice, say, now);
  if (practice.seq !== state.seq || practice.status !== state.status) say('I4', 'row and snapshot disagree');
  if (canonical(clock) !== canonical(evaluateClock(state))) say('I6', 'the clock is not that of the state');
}

type Row = Awaited<ReturnType<System['db']['prisma']['practice']['findMany']>>[number];
type Say = (rule: string, what: string) => void;

async function checkEvents(db: Pick<System['db'], 'prisma'>, practice: Row, say: Say, now?: string): Promise<void> {
  const rows = await db.prisma.practiceEventRow.findMany({
    // What was recorded since the row was read is not in it.
    where: { practiceId: practice.id, seq: { lte: practice.seq } },
    orderBy: { seq: 'asc' },
  });
  const stored = readSnapshot(practice.snapshot).state;
  const { id, tenant, applicant, author, rules } = stored;
  let state = newborn({ id, tenant, applicant, rules, ...(author !== undefined && { author }) });
  let hash = GENESIS;
  for (const [index, row] of rows.entries()) {
    const event = {
      seq: row.seq,
      type: row.type,
      at: instant(row.at),
      cause: row.cause,
      ...(row.actorId && { actor: { id: row.actorId, role: row.actorRole } }),
      data: row.data,
    } as unknown as PracticeEvent;
    if (row.seq !== index + 1) say('I4', `event ${row.seq} stands at place ${index + 1}`);
    const before = state.status;
    state = evolve(state, event);
    if (before !== state.status && !isEdge(before, state.status)) say('I4', `${before} → ${state.status} is no edge`);
    const next = chainHash(hash, practice.id, practice.salt, event);
    if (row.prevHash !== hash || row.hash !== next) say('I4', `the hash chain breaks at event ${row.seq}`);
    hash = next;
    const due = /^timer:[a-z]+@(.+)$/i.exec(row.cause)?.[1];
    if (due && (instant(row.at) !== due || (now !== undefined && due > now))) say('I6', `event ${row.seq} came early`);
  }
  if (canonical(state) !== canonical(stored)) say('I4', 'the fold of the events is not the stored state');
}

async function checkWorkflow(system: System, practice: Row, say: Say): Promise<void> {
  const { state } = readSnapshot(practice.snapshot);
  if (practice.seq === 0 || hasEnded(state)) return;
  const id = workflowIdOf(asId<TenantCode>(state.tenant), asId<PracticeId>(practice.id));
  try {
    const agree = async () => {
      const engine = await system.client.withDeadline(Date.now() + 3_000, () =>
        system.client.workflow.getHandle(id).query<PracticeSnapshot>('snapshot'),
      );
      const row = await system.db.prisma.practice.findUniqueOrThrow({ where: { id: practice.id } });
      return canonical(engine.state) === canonical(readSnapshot(row.snapshot).state);
    };
    // Evidence of a delivery may be on its way from one to the other; what disagrees for good still does afterwards.
    for (let looks = 1; !(await agree()); looks += 1) {
      if (looks === 20) return say('I4', 'workflow and PostgreSQL disagree');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } catch {
    // The engine or its worker was stopped by the test: there is nothing to compare with.
  }
}

async function checkMoney(system: System, practice: Row, say: Say): Promise<void> {
  const payments = await system.db.prisma.payment.findMany({ where: { practiceId: practice.id } });
  for (const phase of ['request', 'release']) {
    const paid = payments.filter((row) => row.status === 'paid' && row.phase === phase);
    if (paid.length > 1) say('I3', `more than one position of the ${phase} is paid`);
  }
  if (!hasEnded(readSnapshot(practice.snapshot).state)) return;
  for (const payment of payments) {
    const position = await system.application.payments.findPosition(payment.requestId);
    if (position?.status === 'open') say('I3', `position ${payment.ordinal} is open although the practice has ended`);
    if (position?.status === 'paid' && payment.status !== 'paid') {
      const task = await system.db.prisma.operatorTask.findFirst({
        where: { practiceId: practice.id, reason: 'paymentUnmatched' },
      });
      if (!task) say('I3', `position ${payment.ordinal} was paid and nobody was told`);
    }
  }
}

async function checkRegister(system: System, broken: string[]): Promise<void> {
  const entries = await system.db.prisma.registerEntry.findMany({ orderBy: [{ year: 'asc' }, { number: 'asc' }] });
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const book = `${entry.tenantId}/${entry.register}/${entry.year}`;
    const expected = (counts.get(book) ?? 0) + 1;
    if (entry.number !== expected)
      broken.push(`I2 register ${book}: number ${entry.number} stands where ${expected} should`);
    counts.set(book, entry.number);
  }
  const intents = await system.db.prisma.registrationIntent.findMany({ where: { status: 'registered' } });
  for (const intent of intents) {
    const mine = entries.filter((entry) => entry.tenantId === intent.tenantId && entry.ownRef === intent.ownRef);
    if (mine.length !== 1) broken.push(`I2 ${intent.ownRef}: ${mine.length} entries in the register`);
    else if (String(mine[0]?.number).padStart(7, '0') !== intent.number)
      broken.push(`I2 ${intent.ownRef}: another number`);
  }
}

/** What has just arrived may still be on its way: a rush is delivered a few at a time. What stays there is told afterwards. */
async function delivered({ db }: System): Promise<void> {
  const none = async () => (await db.prisma.inboxRow.count({ where: { outcome: { equals: Prisma.DbNull } } })) === 0;
  await until('the inbox to be empty', none).catch(() => undefined);
}

async function checkInbox(system: System, exceptions: Exceptions, broken: string[]): Promise<void> {
  for (const row of await system.db.prisma.inboxRow.findMany()) {
    const outcome = readOutcome(row.outcome);
    const cause = row.kind === 'act' ? `act:${row.id}` : `signal:${row.id}`;
    const events = await system.db.prisma.practiceEventRow.count({ where: { practiceId: row.practiceId, cause } });
    if (!outcome && !exceptions.pending) broken.push(`I5 ${row.type} ${row.id} has no outcome`);
    if (outcome?.result === 'done' && events === 0) broken.push(`I5 ${row.type} ${row.id} is done without an event`);
    if (outcome && outcome.result !== 'done' && events > 0)
      broken.push(`I5 ${row.type} ${row.id} is ${outcome.result} with an event`);
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
