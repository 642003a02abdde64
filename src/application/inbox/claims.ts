import type { Database } from '../../platform/database';

/** A row of the inbox whose turn it is. */
export interface ClaimedRow {
  readonly id: string;
  readonly tenantId: string;
  readonly practiceId: string;
  readonly kind: 'act' | 'event';
  readonly type: string;
  readonly actorId: string | null;
  readonly actorRole: string;
  readonly actVersion: number | null;
  readonly payload: unknown;
  readonly facts: unknown;
  readonly receivedAt: Date;
  readonly attempts: number;
}

/** A sender that dies leaves its rows to the others after this time; one that lives renews them. */
const LEASE = '8 seconds';
export const RENEW_EVERY_MS = 2_500;

/** Acts with which a practice begins its way. */
const NEW = ['createDraft', 'submit'];

export interface Claim {
  readonly rows: readonly ClaimedRow[];
  /** How many of the rows are of new practices. */
  readonly newRows: number;
  /** How many new practices waited, those of the claim included; unknown when none was claimed. */
  readonly waiting: number | undefined;
}

/**
 * Claims up to `limit` rows, of which `newLimit` are of new practices: per practice only the oldest without outcome, what
 * practices under way wait for before new ones, so that a rush of applications does not stop the desk, and tenants in
 * turn so that none waits behind another's burst. Concurrent senders skip each other's rows.
 */
export async function claimRows(db: Database, limit: number, newLimit = limit): Promise<Claim> {
  const { rows } = await db.pool.query<ClaimedRow & { readonly waiting: string }>(
    `WITH heads AS (
       SELECT DISTINCT ON (practice_id) id, tenant_id, position, claimed_until, not_before, type = ANY ($3) AS is_new
       FROM inbox WHERE outcome IS NULL ORDER BY practice_id, position
     ), fair AS (
       SELECT id, is_new, position, row_number() OVER (PARTITION BY tenant_id, is_new ORDER BY position) AS turn
       FROM heads
       WHERE (claimed_until IS NULL OR claimed_until < now()) AND (not_before IS NULL OR not_before <= now())
     ), ranked AS (
       SELECT *, row_number() OVER (PARTITION BY is_new ORDER BY turn, position) AS place,
         count(*) FILTER (WHERE is_new) OVER () AS waiting
       FROM fair
     ), mine AS (
       SELECT inbox.id, waiting FROM inbox JOIN ranked USING (id)
       WHERE inbox.outcome IS NULL AND (inbox.claimed_until IS NULL OR inbox.claimed_until < now())
         AND (NOT is_new OR place <= $2)
       ORDER BY is_new, turn, ranked.position LIMIT $1 FOR UPDATE OF inbox SKIP LOCKED
     )
     UPDATE inbox SET claimed_until = now() + interval '${LEASE}', attempts = attempts + 1
     FROM mine WHERE inbox.id = mine.id
     RETURNING inbox.id, tenant_id AS "tenantId", practice_id AS "practiceId", kind, type, actor_id AS "actorId",
       actor_role AS "actorRole", act_version AS "actVersion", payload, facts, received_at AS "receivedAt", attempts,
       waiting`,
    [limit, Math.min(newLimit, limit), NEW],
  );
  const newRows = rows.filter(({ type }) => NEW.includes(type)).length;
  return { rows, newRows, waiting: rows[0] && Number(rows[0].waiting) };
}

/** Keeps rows whose delivery takes long. */
export async function renewClaims(db: Database, ids: readonly string[]): Promise<void> {
  await db.pool.query(
    `UPDATE inbox SET claimed_until = now() + interval '${LEASE}' WHERE id = ANY($1::uuid[]) AND outcome IS NULL`,
    [ids],
  );
}

/** Lets a row go, to be taken again after `delayMs` unless it has its outcome by then. */
export async function releaseRow(db: Database, id: string, delayMs: number, error: string | null): Promise<void> {
  await db.pool.query(
    `UPDATE inbox SET claimed_until = NULL, not_before = now() + $2 * interval '1 millisecond', last_error = $3
     WHERE id = $1 AND outcome IS NULL`,
    [id, delayMs, error],
  );
}
