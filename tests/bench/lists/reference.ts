import type pg from 'pg';
import { idsOf } from './town';

/** Rights and filters as the documentation of the API says them, row by row: slow, and nothing to do with its own SQL. */
const MATCHES = `
  p.tenant_id = $1 AND p.discarded_at IS NULL
  AND CASE me.role
    WHEN 'auditor' THEN p.confirmed_at IS NOT NULL AND p.status <> 'draft'
    WHEN 'administrator' THEN p.confirmed_at IS NOT NULL AND p.status <> 'draft'
    WHEN 'professional' THEN p.applicant_id = me.id
      OR (p.beneficiary_id = me.id AND p.confirmed_at IS NOT NULL AND p.status <> 'draft')
    ELSE (p.author_id = me.id AND p.status = 'draft')
      OR (p.confirmed_at IS NOT NULL AND p.status <> 'draft' AND v.office_ids && me.office_ids) END
  AND (f->'service' IS NULL OR f->'service' ? p.service_code)
  AND (f->'status' IS NULL OR f->'status' ? p.status)
  AND CASE f->>'work'
    WHEN 'mine' THEN p.assignee_id = me.id
    WHEN 'myOffices' THEN cardinality(me.office_ids) > 0 AND (p.office_id IS NULL OR p.office_id = ANY (me.office_ids))
    WHEN 'unassigned' THEN p.assignee_id IS NULL AND p.ended_at IS NULL AND p.status IN ('received', 'registered', 'inCharge')
    WHEN 'toAccept' THEN p.status = 'toAccept'
    ELSE true END
  AND (f->>'progress' IS NULL OR (f->>'progress' = 'open') = (p.ended_at IS NULL))
  AND CASE f->>'changed'
    WHEN 'today' THEN date_trunc('day', p.changed_at AT TIME ZONE 'Europe/Rome') = date_trunc('day', now() AT TIME ZONE 'Europe/Rome')
    WHEN 'thisWeek' THEN date_trunc('week', p.changed_at AT TIME ZONE 'Europe/Rome') = date_trunc('week', now() AT TIME ZONE 'Europe/Rome')
    ELSE true END
  AND (f->>'changedFrom' IS NULL OR (p.changed_at AT TIME ZONE 'Europe/Rome')::date >= (f->>'changedFrom')::date)
  AND (f->>'changedTo' IS NULL OR (p.changed_at AT TIME ZONE 'Europe/Rome')::date <= (f->>'changedTo')::date)
  AND (f->>'priority' IS NULL OR p.priority = f->>'priority')
  AND (f->>'identity' IS NULL OR (f->>'identity' = 'unverified') = (p.identity = 'unverified'))
  AND (f->>'author' IS NULL OR p.author_kind = f->>'author')
  AND (f->>'area' IS NULL OR p.area = f->>'area')
  AND (f->>'assignee' IS NULL OR p.assignee_id::text = f->>'assignee')
  AND (f->>'office' IS NULL OR office.code = f->>'office' OR (p.office_id IS NULL AND EXISTS (
    SELECT FROM office o WHERE o.tenant_id = $1 AND o.code = f->>'office' AND o.id = ANY (v.office_ids))))
  AND (f->>'attention' IS NULL OR (f->>'attention' = 'true') = (cardinality(p.attention) > 0))
  AND (f->>'late' IS NULL OR (f->>'late' = 'true') = p.late)
  AND (f->>'dueBefore' IS NULL OR p.answer_by < (f->>'dueBefore')::date)
  AND (f->>'folder' IS NULL OR p.folder_id::text = f->>'folder')
  AND (f->>'q' IS NULL OR exact.hit OR position(lower(f->>'q') IN lower(folder.label)) > 0
    OR NOT EXISTS (SELECT FROM regexp_split_to_table(lower(f->>'q'), '\\s+') word WHERE position(word IN p.search) = 0))`;

const FROM = `
  FROM practice p JOIN account me ON me.id = $2
    JOIN service_version v ON (v.tenant_id, v.code, v.version) = (p.tenant_id, p.service_code, p.service_version)
    LEFT JOIN office ON office.id = p.office_id LEFT JOIN folder ON folder.id = p.folder_id
    CROSS JOIN (SELECT $3::jsonb AS f) asked
    CROSS JOIN LATERAL (SELECT coalesce(upper(f->>'q') = p.code OR f->>'q' = p.registration OR lower(f->>'q') = p.id::text,
      false) AS hit) exact`;

const SORTS: Readonly<Record<string, readonly [column: string, usually: 'asc' | 'desc']>> = {
  changedAt: ['changed_at', 'desc'],
  createdAt: ['created_at', 'desc'],
  receivedAt: ['received_at', 'desc'],
  answerBy: ['answer_by', 'asc'],
  priority: ['priority_rank', 'asc'],
  applicant: ['applicant_name', 'asc'],
  code: ['code', 'asc'],
  registration: ['registered_at', 'asc'],
  status: ['status', 'asc'],
};

/** Exact hits shown ahead of their place. */
const AHEAD = 5;

/** Ids of all that a question for a list must find, in the order in which pages must show them. */
export async function expectedList(
  pool: pg.Pool,
  tenant: string,
  username: string,
  address: string,
): Promise<string[]> {
  const { sort, order, ...filters } = asked(address);
  const [column, usually] = SORTS[String(sort ?? 'changedAt')] ?? ['changed_at', 'desc'];
  const by = `p.${column} ${order ?? usually} NULLS LAST, p.id ${order ?? usually}`;
  const { rows } = await pool.query<{ id: string }>(
    `SELECT p.id ${FROM} WHERE ${MATCHES}
     ORDER BY exact.hit AND row_number() OVER (PARTITION BY exact.hit ORDER BY ${by}) <= ${AHEAD} DESC, ${by}`,
    parameters(tenant, username, filters),
  );
  return rows.map(({ id }) => id);
}

export interface ExpectedFolder {
  readonly id: string;
  readonly label: string;
  readonly practices: number;
}

/** The folders that a question must find, in order. */
export async function expectedFolders(
  pool: pg.Pool,
  tenant: string,
  username: string,
  address: string,
): Promise<ExpectedFolder[]> {
  const { rows } = await pool.query<ExpectedFolder>(
    `SELECT folder.id, folder.label, count(*)::int AS practices ${FROM} WHERE ${MATCHES} AND p.folder_id IS NOT NULL
     GROUP BY folder.id ORDER BY max(p.changed_at) DESC, folder.id DESC`,
    parameters(tenant, username, asked(address)),
  );
  return rows;
}

type Asked = Readonly<Record<string, string | readonly string[]>>;

/** Filters of an address; those that may be repeated are lists. */
function asked(address: string): Asked {
  const query = new URLSearchParams(address.split('?')[1] ?? '');
  return Object.fromEntries(
    [...new Set(query.keys())].map((key) => {
      const values = query.getAll(key);
      return [key, ['service', 'status'].includes(key) ? values : (values[0] ?? '')];
    }),
  );
}

function parameters(tenant: string, username: string, filters: Asked): unknown[] {
  const { tenantId, account } = idsOf(tenant);
  return [tenantId, account(username), JSON.stringify(filters)];
}
