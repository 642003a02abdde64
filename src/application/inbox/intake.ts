import type { Clock } from '../../activities/ports/clock';
import { refuse } from '../../domain/errors';
import { asId, type CommandId, epochMs, type Instant, instant } from '../../domain/ids';
import type { Act, Actor } from '../../domain/practice/acts';
import type { Command, CommandFacts } from '../../domain/practice/command';
import { guard, late } from '../../domain/practice/guard';
import { Prisma } from '../../generated/prisma/client';
import { ringAfter } from '../../platform/bell';
import type { Database, Rows } from '../../platform/database';
import { canonicalJson, sha256, uuidv7 } from '../../platform/digest';
import { readSnapshot } from '../snapshot';
import { ArrivalTimes } from './arrival-times';

/** An act as it comes from the edge: who, on what, with which key. */
export interface ActRequest {
  readonly tenantId: string;
  readonly practiceId: string;
  readonly act: Act;
  readonly actor: Actor;
  /** Chosen by the caller, unique among its own requests: the same key always gets the same answer. */
  readonly idempotencyKey: string;
  /** Content of the act, already validated; kept here and never sent to the engine. */
  readonly payload: Prisma.InputJsonObject;
  readonly actVersion?: number;
  /** What the engine must know of the content. */
  readonly facts?: CommandFacts;
  /** What makes two requests the same; the payload, unless something was added to it here. */
  readonly fingerprint?: unknown;
}

/** A row that is safe: whatever happens to the engine now, this act has arrived at this instant. */
export interface Taken {
  readonly commandId: CommandId;
  readonly practiceId: string;
  readonly receivedAt: Instant;
  /** The same request had come before. */
  readonly repeated: boolean;
}

/** What an arrival says to the sender when it had to wait, so that less is carried out meanwhile. */
export const SLOW_ARRIVAL = 'slow';
const arrivals = new ArrivalTimes();

export interface LockedRow {
  readonly id: string;
  readonly status: string;
  readonly applicant_id: string;
  readonly submit_command: string | null;
  readonly snapshot: unknown;
}

/**
 * Takes an act into the inbox, in the caller's transaction. The practice row is locked, so acts have one order; the
 * table of acts is asked at once when nothing is pending, so that an obvious refusal is not an act.
 * `alongside` writes what belongs to the act (a frozen submission, stamps) in the same transaction, and may add facts.
 * Refusals: `PRACTICE_NOT_FOUND`, `IDEMPOTENCY_KEY_REUSED`, and those of the guard.
 */
export async function takeAct(
  tx: Rows,
  clock: Clock,
  request: ActRequest,
  alongside?: (row: LockedRow, command: Command) => Promise<CommandFacts | undefined>,
): Promise<Taken> {
  const row = await lockRow(tx, request.tenantId, request.practiceId);
  const { known, pending } = await whatCameBefore(tx, request);
  if (known) return known;
  const receivedAt = clock.now();
  const command: Command = {
    id: asId<CommandId>(uuidv7(epochMs(receivedAt))),
    act: request.act,
    actor: request.actor,
    receivedAt,
    ...(request.actVersion !== undefined && { actVersion: request.actVersion }),
    ...(request.facts && { facts: request.facts }),
  };
  const { state, clock: deadlines } = readSnapshot(row.snapshot);
  // What is pending may change what can be done, but it gives back no time that is over.
  const judge = pending ? late : guard;
  const why = judge(state, deadlines, command);
  if (why) refuse(why.code, why.params);
  const facts = await alongside?.(row, command);
  await insertRow(tx, { ...request, ...(facts && { facts: { ...request.facts, ...facts } }) }, command, 'act');
  return { commandId: command.id, practiceId: request.practiceId, receivedAt, repeated: false };
}

/**
 * Runs an intake in one transaction. The same key at the same moment, on another practice or for a draft, meets only at
 * the unique index; the second run then finds what was quicker and answers as if it had come later.
 */
export async function inTransaction<T>(db: Database, intake: (tx: Rows) => Promise<T>): Promise<T> {
  try {
    return await db.transaction(intake);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      return db.transaction(intake);
    }
    throw error;
  }
}

/** Looks for the same key of the same person. Another body under it is refused, because one of the two would be lost. */
export async function findRepetition(tx: Pick<Rows, 'inboxRow'>, request: ActRequest): Promise<Taken | undefined> {
  const row = await tx.inboxRow.findUnique({
    where: {
      tenantId_actorKey_idempotencyKey: {
        tenantId: request.tenantId,
        actorKey: actorKey(request.actor),
        idempotencyKey: request.idempotencyKey,
      },
    },
  });
  return repetition(request, row);
}

interface KnownRow {
  readonly id: string;
  readonly practiceId: string;
  readonly bodySha256: string;
  readonly receivedAt: Date | string;
}

function repetition(request: ActRequest, row: KnownRow | null): Taken | undefined {
  if (!row) return undefined;
  if (row.bodySha256 !== bodyDigest(request)) refuse('IDEMPOTENCY_KEY_REUSED');
  const { practiceId } = row;
  return {
    commandId: asId<CommandId>(row.id),
    practiceId,
    receivedAt: instant(new Date(row.receivedAt)),
    repeated: true,
  };
}

/** Inserts a row and wakes the sender when the transaction commits. */
export async function insertRow(tx: Rows, request: ActRequest, command: Command, kind: 'act' | 'event'): Promise<void> {
  // Nothing is read back: what was written is known.
  await tx.inboxRow.createMany({
    data: {
      id: command.id,
      tenantId: request.tenantId,
      practiceId: request.practiceId,
      kind,
      type: request.act,
      actorKey: actorKey(request.actor),
      actorId: request.actor.id,
      actorRole: request.actor.role,
      idempotencyKey: request.idempotencyKey,
      bodySha256: bodyDigest(request),
      payload: request.payload,
      actVersion: request.actVersion ?? null,
      ...(request.facts && { facts: request.facts as unknown as Prisma.InputJsonObject }),
      receivedAt: command.receivedAt,
    },
  });
  wakeSender(tx, 'arrived');
}

/**
 * Lets the sender look as soon as the transaction has committed. `arrived`: somebody waits for it, and the sender hears
 * when that took long.
 */
export function wakeSender(tx: object, why: 'arrived' | 'more' = 'more'): void {
  ringAfter(tx, 'iter_inbox', (tookMs) => (why === 'arrived' && arrivals.isSlow(tookMs) ? SLOW_ARRIVAL : ''));
}

async function lockRow(tx: Rows, tenantId: string, practiceId: string): Promise<LockedRow> {
  const rows = await tx.$queryRaw<LockedRow[]>`
    SELECT id, status, applicant_id, submit_command, snapshot FROM practice
    WHERE id = ${practiceId}::uuid AND tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return rows[0] ?? refuse('PRACTICE_NOT_FOUND');
}

/** The same request, when it has come before, and whether acts or news on the practice are without outcome. */
async function whatCameBefore(tx: Rows, request: ActRequest): Promise<{ known: Taken | undefined; pending: boolean }> {
  const { tenantId, practiceId, idempotencyKey } = request;
  const [row] = await tx.$queryRaw<{ readonly pending: boolean; readonly known: KnownRow | null }[]>`
    SELECT EXISTS (SELECT 1 FROM inbox WHERE practice_id = ${practiceId}::uuid AND outcome IS NULL) AS pending, (
      SELECT jsonb_build_object('id', id, 'practiceId', practice_id, 'bodySha256', body_sha256, 'receivedAt', received_at)
      FROM inbox WHERE tenant_id = ${tenantId}::uuid AND actor_key = ${actorKey(request.actor)}
        AND idempotency_key = ${idempotencyKey}
    ) AS known`;
  return { known: repetition(request, row?.known ?? null), pending: row?.pending ?? false };
}

/** Whose idempotency keys they are. */
export function actorKey(actor: Actor): string {
  return `account:${actor.id}`;
}

/** What makes two requests under one key the same. */
export function bodyDigest(
  request: Pick<ActRequest, 'act' | 'practiceId' | 'payload' | 'actVersion' | 'fingerprint'>,
): string {
  const { act, payload, actVersion, fingerprint = payload } = request;
  // A new draft has no practice yet when it is compared: its id is made at intake.
  const practiceId = act === 'createDraft' ? undefined : request.practiceId;
  return sha256(canonicalJson({ act, practiceId, fingerprint, actVersion }));
}
