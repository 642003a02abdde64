import { refuse } from '../../domain/errors';
import { asId, type Instant, instant, type LegalDate } from '../../domain/ids';
import { STATUS_LABELS, STATUSES, type Status } from '../../domain/practice/states';
import { endOfRomeDay, romeDate, startOfRomeDay } from '../../domain/terms/rome';
import { OVERSIGHT_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { type ServiceKey, servicesOfOffices } from '../practices/visibility';
import { listServices } from '../services/catalogue';
import { firstOfMonth, firstOfNextMonth } from './periods';
import { queryOfTenant } from './sql';

export interface StatisticsFilters {
  readonly service?: string | undefined;
  /** Code of an office. */
  readonly office?: string | undefined;
  /** Dates of arrival in Europe/Rome, both included. */
  readonly from?: LegalDate | undefined;
  readonly to?: LegalDate | undefined;
}

const DECISIONS: readonly Status[] = ['approved', 'partiallyApproved', 'rejected'];
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Practices that have arrived, as far as the asker may see them: the same rule as `visiblePractices`, said in SQL. */
const ARRIVED = `
  WITH services AS (SELECT * FROM unnest($4::text[], $5::int[]) AS s(code, version)),
  of_office AS (SELECT * FROM unnest($8::text[], $9::int[]) AS s(code, version)),
  arrived AS (
    SELECT * FROM practice p
    WHERE p.tenant_id = $1 AND p.discarded_at IS NULL AND p.status <> 'draft'
      AND p.received_at >= $2::timestamptz AND p.received_at < $3::timestamptz
      AND ($4::text[] IS NULL OR EXISTS (
        SELECT 1 FROM services s WHERE s.code = p.service_code AND s.version = p.service_version))
      AND ($6::text IS NULL OR p.service_code = $6)
      AND ($7::uuid IS NULL OR p.office_id = $7 OR (p.office_id IS NULL AND EXISTS (
        SELECT 1 FROM of_office s WHERE s.code = p.service_code AND s.version = p.service_version)))
  )` as const;

const FIRST = `${ARRIVED} SELECT min(received_at) AS first FROM arrived` as const;
const BY_MONTH = `${ARRIVED}
  SELECT width_bucket(received_at, $10::timestamptz[]) AS month, count(*)::int AS practices FROM arrived GROUP BY 1` as const;
const BY_SERVICE = `${ARRIVED}
  SELECT service_code, status, count(*)::int AS practices, (count(*) FILTER (WHERE late))::int AS late
  FROM arrived GROUP BY 1, 2` as const;
const DAYS = `${ARRIVED}
  SELECT count(*)::int AS decided,
    percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - received_at)::float8 / 86400) AS days
  FROM arrived WHERE status = ANY($10::text[]) AND ended_at IS NOT NULL` as const;

interface ByService {
  readonly service_code: string;
  readonly status: Status;
  readonly practices: number;
  readonly late: number;
}

/**
 * Practices that arrived in a period: per month and year, service, state and outcome; days from arrival to the decision
 * (median and 90th percentile, suspensions included); share of late ones. Officers see the services of their offices.
 * Refusal: `VALIDATION_FAILED` when the period ends before it begins.
 */
export async function statistics(app: Application, viewer: Viewer, filters: StatisticsFilters) {
  const to = filters.to ?? romeDate(app.clock.now());
  if (filters.from !== undefined && filters.from > to) {
    const message = 'La data iniziale viene dopo quella finale.';
    refuse('VALIDATION_FAILED', {}, [{ path: 'from', rule: 'order', message }]);
  }
  const scope = OVERSIGHT_ROLES.includes(viewer.role) ? null : await servicesOfOffices(viewer, viewer.officeIds);
  const office = await officeScope(viewer, filters.office);
  const ask = <Row>(statement: Parameters<typeof queryOfTenant>[2], from: Instant, to: Instant, more: unknown[] = []) =>
    queryOfTenant<Row>(app.db.reports(), viewer.tenantId, statement, [
      from,
      to,
      ...columnsOf(scope),
      filters.service ?? null,
      office?.id ?? null,
      ...columnsOf(office?.services ?? null),
      ...more,
    ]);
  const end = endOfRomeDay(to);
  const from = filters.from ?? (await firstDay(ask, end)) ?? to;
  const months = monthsBetween(from, to);
  const starts = months.map((month) => startOfRomeDay(month));
  const start = startOfRomeDay(from);
  const [byMonth, groups, [days]] = await Promise.all([
    ask<{ month: number; practices: number }>(BY_MONTH, start, end, [starts]),
    ask<ByService>(BY_SERVICE, start, end),
    ask<{ decided: number; days: readonly number[] | null }>(DAYS, start, end, [DECISIONS]),
  ]);
  const practices = sum(groups, ({ practices: count }) => count);
  const late = sum(groups, ({ late: count }) => count);
  const counts = months.map((month, index) => ({
    year: Number(month.slice(0, 4)),
    month: Number(month.slice(5, 7)),
    practices: byMonth.find(({ month: bucket }) => bucket === index + 1)?.practices ?? 0,
  }));
  const services = await listServices(viewer.db);
  return {
    from,
    to,
    practices,
    byYear: byYear(counts),
    byMonth: counts,
    byService: services
      .map(({ code, name }) => ({
        service: code,
        name,
        practices: sum(groups, (row) => (row.service_code === code ? row.practices : 0)),
      }))
      .filter((row) => row.practices > 0),
    byState: byStatus(groups, STATUSES),
    byOutcome: byStatus(groups, DECISIONS),
    decided: days?.decided ?? 0,
    medianDays: tenth(days?.days?.[0]),
    p90Days: tenth(days?.days?.[1]),
    late,
    lateShare: practices === 0 ? null : late / practices,
    activeServices: services.filter((service) => isIn(service, scope, office?.services, filters.service)).length,
  };
}

type Ask = <Row>(statement: typeof FIRST, from: Instant, to: Instant) => Promise<readonly Row[]>;

/** The day on which the first practice arrived. */
async function firstDay(ask: Ask, end: Instant): Promise<LegalDate | undefined> {
  const [row] = await ask<{ first: Date | null }>(FIRST, startOfRomeDay(asId<LegalDate>('1900-01-01')), end);
  return row?.first ? romeDate(instant(row.first)) : undefined;
}

async function officeScope(viewer: Viewer, code: string | undefined) {
  if (code === undefined) return undefined;
  const office = await viewer.db.office.findFirst({ where: { code }, select: { id: true } });
  if (!office) return { id: NOBODY, services: [] };
  return { id: office.id, services: await servicesOfOffices(viewer, [office.id]) };
}

/** Two arrays, as `unnest` takes them; null stands for "whatever service". */
function columnsOf(services: readonly ServiceKey[] | null): [string[] | null, number[] | null] {
  if (!services) return [null, null];
  return [services.map(({ code }) => code), services.map(({ version }) => version)];
}

function monthsBetween(from: LegalDate, to: LegalDate): readonly LegalDate[] {
  const months: LegalDate[] = [];
  for (let month = firstOfMonth(from); month <= to; month = firstOfNextMonth(month)) months.push(month);
  return months;
}

function byYear(months: readonly { readonly year: number; readonly practices: number }[]) {
  const years = [...new Set(months.map(({ year }) => year))];
  return years.map((year) => ({
    year,
    practices: sum(months, (row) => (row.year === year ? row.practices : 0)),
  }));
}

function byStatus(groups: readonly ByService[], statuses: readonly Status[]) {
  return statuses
    .map((status) => ({
      status,
      label: STATUS_LABELS[status],
      practices: sum(groups, (row) => (row.status === status ? row.practices : 0)),
    }))
    .filter(({ practices }) => practices > 0);
}

function isIn(
  { code, version }: ServiceKey,
  scope: readonly ServiceKey[] | null,
  office: readonly ServiceKey[] | undefined,
  service: string | undefined,
): boolean {
  const among = (keys: readonly ServiceKey[]) => keys.some((key) => key.code === code && key.version === version);
  return (!scope || among(scope)) && (!office || among(office)) && (service === undefined || service === code);
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** Days with one decimal. */
function tenth(days: number | undefined): number | null {
  return days === undefined ? null : Math.round(days * 10) / 10;
}
