import type { Projected, ProjectionBatch } from '../../activities/contract';
import type { Instant } from '../../domain/ids';
import type { PracticeEvent } from '../../domain/practice/events';
import type { ProcedureRules } from '../../domain/practice/rules';
import { evolve } from '../../domain/practice/state';
import { evaluateClock } from '../../domain/terms/practice-clock';
import { romeYear } from '../../domain/terms/rome';
import type { Prisma } from '../../generated/prisma/client';
import { takeNumber } from '../../platform/counters';
import type { Database, Rows } from '../../platform/database';
import { settleInbox } from '../inbox/outcomes';
import { queueTellings } from '../mailing/tellings';
import { readSnapshot } from '../snapshot';
import { givePlace } from './folders';
import { chainHash, GENESIS } from './hash-chain';
import { applySideTables } from './side-tables';
import { viewColumns } from './view-columns';

/** The workflow and PostgreSQL disagree about what happened: nobody may go on before a person has looked. */
export class ProjectionDiverged extends Error {
  override readonly name = 'ProjectionDiverged';
}

interface LockedPractice {
  id: string;
  tenant_id: string;
  seq: number;
  code: string | null;
  salt: string;
  snapshot: unknown;
  /** Of the last event; null when there is none, or when it was written while we waited for the lock. */
  hash: string | null;
}

/**
 * Writes every event since the last projection in one transaction: view, timeline, snapshot, outbox, side tables and
 * the outcomes of the commands that caused them. Demands the next sequence number; the same numbers with the same
 * causes are a repetition and change nothing.
 * @throws ProjectionDiverged when the numbers are taken by something else: park the practice, tell somebody.
 */
export async function project(db: Database, batch: ProjectionBatch): Promise<Projected> {
  return db.transaction(async (tx) => {
    const row = await lockPractice(tx, batch.practice);
    const stored = readSnapshot(row.snapshot);
    const first = batch.events[0];
    if (!first || first.seq !== row.seq + 1) {
      if (first) await assertRepetition(tx, row, batch.events);
      await settleInbox(
        tx,
        batch.withoutEffect.map((id) => ({ id, outcome: { result: 'noEffect', seq: row.seq } })),
      );
      return { clock: stored.clock, ...(row.code !== null && { code: row.code }) };
    }
    return write(tx, row, batch);
  });
}

async function lockPractice(tx: Rows, id: string): Promise<LockedPractice> {
  const rows = await tx.$queryRaw<LockedPractice[]>`
    SELECT p.id, p.tenant_id, p.seq, p.code, p.salt, p.snapshot,
      (SELECT e.hash FROM practice_event e WHERE e.practice_id = p.id AND e.seq = p.seq) AS hash
    FROM practice p WHERE p.id = ${id}::uuid FOR UPDATE OF p`;
  const row = rows[0];
  if (!row) throw new ProjectionDiverged(`practice ${id} has no row in the database`);
  return row;
}

async function assertRepetition(tx: Rows, row: LockedPractice, events: readonly PracticeEvent[]): Promise<void> {
  const stored = await tx.practiceEventRow.findMany({
    where: { practiceId: row.id, seq: { in: events.map((event) => event.seq) } },
    select: { seq: true, cause: true, type: true },
  });
  const known = new Map(stored.map((event) => [event.seq, `${event.type} ${event.cause}`]));
  const odd = events.find((event) => known.get(event.seq) !== `${event.type} ${event.cause}`);
  if (!odd) return;
  const found = known.get(odd.seq) ?? `nothing, the last number being ${row.seq}`;
  throw new ProjectionDiverged(`practice ${row.id}, event ${odd.seq}: given ${odd.type} ${odd.cause}, found ${found}`);
}

async function write(tx: Rows, row: LockedPractice, batch: ProjectionBatch): Promise<Projected> {
  const { events } = batch;
  const before = readSnapshot(row.snapshot).state;
  let state = before;
  let hash = await lastHash(tx, row);
  const timeline: TimelineRow[] = [];
  for (const event of events) {
    state = evolve(state, event);
    const prevHash = hash;
    hash = chainHash(prevHash, row.id, row.salt, event);
    timeline.push({
      practice_id: row.id,
      tenant_id: row.tenant_id,
      seq: event.seq,
      type: event.type,
      at: event.at,
      cause: event.cause,
      actor_id: event.actor?.id ?? null,
      actor_role: event.actor?.role ?? null,
      data: event.data,
      status: state.status,
      prev_hash: prevHash,
      hash,
    });
  }
  const code = row.code ?? (await practiceCode(tx, row.tenant_id, state.rules, events));
  const clock = evaluateClock(state);
  await writeTimeline(tx, timeline);
  await tx.practice.updateMany({
    where: { id: row.id },
    data: {
      ...viewColumns(before, state, clock, events),
      code,
      snapshot: { state, clock, ...(code && { code }) } as unknown as Prisma.InputJsonObject,
    },
  });
  if (code !== null && row.code === null) await givePlace(tx, row, state, code);
  await applySideTables(tx, row.tenant_id, state, events);
  await queueTellings(tx, { id: row.id, tenantId: row.tenant_id }, events, batch.tell ?? []);
  await settleInbox(tx, [
    ...commandsOf(events).map((id) => ({
      id,
      outcome: { result: 'done' as const, seq: state.seq, status: state.status },
    })),
    ...batch.withoutEffect.map((id) => ({ id, outcome: { result: 'noEffect' as const, seq: state.seq } })),
  ]);
  return { clock, ...(code && { code }) };
}

/** A row of `practice_event`, by the names of its columns. */
interface TimelineRow {
  readonly practice_id: string;
  readonly tenant_id: string;
  readonly seq: number;
  readonly type: PracticeEvent['type'];
  readonly at: Instant;
  readonly cause: string;
  readonly actor_id: string | null;
  readonly actor_role: string | null;
  readonly data: PracticeEvent['data'];
  readonly status: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** Events and what leaves of them for others, in one statement: this is written seven times in a straightforward life. */
async function writeTimeline(tx: Rows, timeline: readonly TimelineRow[]): Promise<void> {
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO practice_event (practice_id, tenant_id, seq, type, at, cause, actor_id, actor_role, data, status,
        prev_hash, hash)
      SELECT practice_id, tenant_id, seq, type, at, cause, actor_id, actor_role, data, status, prev_hash, hash
      FROM jsonb_populate_recordset(NULL::practice_event, ${JSON.stringify(timeline)}::jsonb)
      RETURNING tenant_id, practice_id, seq, type, at
    )
    INSERT INTO outbox (tenant_id, practice_id, seq, type, at)
    SELECT tenant_id, practice_id, seq, type, at FROM written ORDER BY seq`;
}

async function lastHash(tx: Rows, row: LockedPractice): Promise<string> {
  if (row.seq === 0) return GENESIS;
  if (row.hash !== null) return row.hash;
  const last = await tx.practiceEventRow.findUniqueOrThrow({
    where: { practiceId_seq: { practiceId: row.id, seq: row.seq } },
    select: { hash: true },
  });
  return last.hash;
}

/** Human code, gapless per service and year, given when the application arrives or is accepted at the planning desk. */
async function practiceCode(
  tx: Rows,
  tenantId: string,
  rules: ProcedureRules,
  events: readonly PracticeEvent[],
): Promise<string | null> {
  const at = events.flatMap((event) => {
    if (rules.registration === 'onAcceptance') return event.type === 'accepted' ? [event.at] : [];
    return event.type === 'submitted' ? [event.data.receivedAt] : [];
  })[0];
  if (!at) return null;
  const year = romeYear(at);
  const number = await takeNumber(tx, tenantId, `practice:${rules.service}`, year);
  return `${rules.codePrefix}-${year}-${String(number).padStart(6, '0')}`;
}

/** Inbox rows that caused these events: acts and signals alike. */
function commandsOf(events: readonly PracticeEvent[]): string[] {
  const ids = events.map((event) => /^(?:act|signal):(.+)$/.exec(event.cause)?.[1]);
  return [...new Set(ids.filter((id) => id !== undefined))];
}
