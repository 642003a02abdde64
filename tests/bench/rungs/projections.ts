import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { ProjectionBatch } from '../../../src/activities/contract';
import { project } from '../../../src/application/projection/project';
import { readSnapshot } from '../../../src/application/snapshot';
import { newborn } from '../../../src/domain/practice/state';
import { evaluateClock } from '../../../src/domain/terms/practice-clock';
import type { Database } from '../../../src/platform/database';
import type { Score } from './score';

/** A life's projections as the product made them, to be made again for other practices. */
export interface Recorded {
  /** The practice that lived it. */
  readonly practice: string;
  /** What each activity that was a projection got, by its number. */
  readonly batches: Readonly<Record<number, ProjectionBatch>>;
}

/** Takes the projections out of a history. */
export function recordedProjections(practice: string, { activities }: Score): Recorded {
  const batches = activities.flatMap(({ name, event }, number): [number, ProjectionBatch][] => {
    const payload = event.activityTaskScheduledEventAttributes?.input?.payloads?.[0];
    if (name !== 'project' || !payload) return [];
    return [[number, defaultPayloadConverter.fromPayload<ProjectionBatch>(payload)]];
  });
  return { practice, batches: Object.fromEntries(batches) };
}

/** The number of the projection that shows the first event of a type. @throws Error when there is none */
export function projectionOf({ batches }: Recorded, type: string): number {
  const found = Object.entries(batches).find(([, { events }]) => events.some((event) => event.type === type));
  if (!found) throw new Error(`no projection shows ${type}`);
  return Number(found[0]);
}

/**
 * Makes projections for practices that nobody filed. Code, statements and rows are the product's own; the rows that the
 * intake of acts would have written are copied from the practice that lived it.
 */
export class Projector {
  private constructor(
    private readonly db: Database,
    private readonly recorded: Recorded,
    private readonly commands: readonly string[],
    private readonly snapshot: string,
  ) {}

  static async over(db: Database, recorded: Recorded): Promise<Projector> {
    const where = { practiceId: recorded.practice };
    const rows = await db.prisma.inboxRow.findMany({ where, select: { id: true }, orderBy: { position: 'asc' } });
    const lived = await db.prisma.practice.findUniqueOrThrow({ where: { id: recorded.practice } });
    const { id, tenant, applicant, rules } = readSnapshot(lived.snapshot).state;
    const state = newborn({ id, tenant, applicant, rules });
    const snapshot = JSON.stringify({ state, clock: evaluateClock(state) });
    return new Projector(
      db,
      recorded,
      rows.map((row) => row.id),
      snapshot,
    );
  }

  /** The rows of a practice that has just been begun, and of the acts that it will see. Answers what it is called. */
  async begin(): Promise<string> {
    const practice = randomUUID();
    const { pool } = this.db;
    await pool.query(
      `INSERT INTO practice (id, tenant_id, service_code, service_version, applicant_id, status, created_at, changed_at,
         attention, snapshot, salt, search, applicant_name, applicant_tax_code)
       SELECT $2, tenant_id, service_code, service_version, applicant_id, 'draft', created_at, created_at, '{}', $3, salt,
         search, applicant_name, applicant_tax_code
       FROM practice WHERE id = $1`,
      [this.recorded.practice, practice, this.renamed(this.snapshot, practice)],
    );
    await pool.query(
      `INSERT INTO inbox (id, tenant_id, practice_id, kind, type, actor_key, actor_id, actor_role, idempotency_key,
         body_sha256, payload, act_version, facts, received_at)
       SELECT new.id, tenant_id, $2, kind, type, actor_key, actor_id, actor_role, new.id::text, body_sha256, payload,
         act_version, facts, received_at
       FROM unnest($3::uuid[], $4::uuid[]) AS new (old, id) JOIN inbox ON inbox.id = new.old
       WHERE inbox.practice_id = $1`,
      [this.recorded.practice, practice, this.commands, this.commands.map((id) => derived(id, practice))],
    );
    return practice;
  }

  /** Makes the projection of an activity, if it is one. */
  async project(practice: string, activity: number): Promise<void> {
    const batch = this.recorded.batches[activity];
    if (batch) await project(this.db, JSON.parse(this.renamed(JSON.stringify(batch), practice)) as ProjectionBatch);
  }

  private renamed(text: string, practice: string): string {
    const commands = this.commands.reduce((result, id) => result.replaceAll(id, derived(id, practice)), text);
    return commands.replaceAll(this.recorded.practice, practice);
  }
}

/** An id for the copy of a command: another one for each pair of command and practice. */
function derived(command: string, practice: string): string {
  const bits = BigInt(`0x${command.replaceAll('-', '')}`) ^ BigInt(`0x${practice.replaceAll('-', '')}`);
  const hex = bits.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
