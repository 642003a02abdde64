import { refuse } from '../../domain/errors';
import type { Instant, LegalDate } from '../../domain/ids';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import type { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import { ofServices, type ServiceKey, servicesOfOffices } from '../practices/visibility';
import { datesOf, instantsOf, type Period } from './periods';
import { possibleStatuses } from './service-statuses';
import { TABS, type Tab } from './tabs';

/** What a list may be narrowed by. Filters are joined by "and", values of one filter by "or". */
export interface PracticeFilters {
  readonly service?: readonly string[] | undefined;
  readonly status?: readonly Status[] | undefined;
  readonly tab?: Tab | undefined;
  readonly area?: string | undefined;
  readonly work?: Work | undefined;
  readonly changed?: Period | undefined;
  readonly changedFrom?: LegalDate | undefined;
  readonly changedTo?: LegalDate | undefined;
  readonly priority?: 'high' | 'medium' | 'low' | undefined;
  readonly identity?: 'verified' | 'unverified' | undefined;
  readonly author?: string | undefined;
  /** Account of who is in charge. */
  readonly assignee?: string | undefined;
  /** Code of an office. */
  readonly office?: string | undefined;
  readonly attention?: boolean | undefined;
  readonly late?: boolean | undefined;
  /** Practices to be answered before this date. */
  readonly dueBefore?: LegalDate | undefined;
  readonly folder?: string | undefined;
  readonly progress?: 'open' | 'ended' | undefined;
  readonly q?: string | undefined;
}

export const WORKS = ['mine', 'myOffices', 'unassigned', 'toAccept'] as const;
export type Work = (typeof WORKS)[number];

/** What only the office knows: an applicant who asks by it learns nothing, not even whether something is found. */
const OFFICE_ONLY = [
  'work',
  'priority',
  'assignee',
  'office',
  'attention',
] as const satisfies (keyof PracticeFilters)[];

/** Where an operator can still put a hand on what nobody holds. */
const FREE: readonly Status[] = ['received', 'registered', 'inCharge'];

export interface Asked {
  readonly conditions: readonly Prisma.PracticeWhereInput[];
  /** Services outside of which nothing meets them; absent: any. */
  readonly services?: readonly ServiceKey[] | undefined;
}

/**
 * The filters as conditions, without the search text. Refusals: `VALIDATION_FAILED` when filters contradict each other,
 * ask for a state that the one service named can never have, or are not for applicants.
 */
export async function conditionsOf(viewer: Viewer, filters: PracticeFilters, now: Instant): Promise<Asked> {
  if (APPLICANT_ROLES.includes(viewer.role)) refuseOfficeOnly(filters);
  await refuseImpossibleStatus(viewer, filters);
  const { service, status, tab, area, work, priority, author, assignee, office, folder, dueBefore } = filters;
  const ofOffice = office === undefined ? undefined : await workOf(viewer, office);
  const conditions = [
    service && { serviceCode: { in: [...service] } },
    status && { status: { in: [...status] } },
    tab && { status: { in: [...TABS[tab]] } },
    area !== undefined && { area },
    work && worked(viewer, work),
    changedIn(filters, now),
    priority && { priority },
    filters.identity === 'unverified' && { identity: 'unverified' },
    filters.identity === 'verified' && { identity: { not: 'unverified' } },
    author !== undefined && { authorKind: author },
    assignee !== undefined && { assigneeId: assignee },
    ofOffice?.condition,
    filters.attention !== undefined && { attention: { isEmpty: !filters.attention } },
    filters.late !== undefined && { late: filters.late },
    // Dates of law are kept as dates: midnight UTC is how the database's client says one.
    dueBefore && { answerBy: { lt: new Date(dueBefore) } },
    folder !== undefined && { folderId: folder },
    filters.progress && { endedAt: filters.progress === 'open' ? null : { not: null } },
  ].filter((condition): condition is Prisma.PracticeWhereInput => typeof condition === 'object');
  return { conditions, services: ofOffice?.services };
}

/** What "my work" means to who asks. */
export function worked(viewer: Viewer, work: Work): Prisma.PracticeWhereInput {
  switch (work) {
    case 'mine':
      return { assigneeId: viewer.accountId };
    case 'myOffices':
      // Who has no office has no work of an office; otherwise all that is seen belongs to their services.
      return viewer.officeIds.length === 0
        ? { id: { in: [] } }
        : { OR: [{ officeId: null }, { officeId: { in: [...viewer.officeIds] } }] };
    case 'unassigned':
      return { assigneeId: null, endedAt: null, status: { in: [...FREE] } };
    case 'toAccept':
      // None of them has ended (`hasEnded`); said, so that only the open ones are gone through.
      return { status: 'toAccept', endedAt: null };
  }
}

function changedIn({ changed, changedFrom, changedTo }: PracticeFilters, now: Instant) {
  const range = changedFrom || changedTo;
  if (changed && range) {
    refuseFilter('changed', 'conflict', 'Indica un periodo ("changed") oppure le date da e a, non entrambi.');
  }
  if (changedFrom && changedTo && changedFrom > changedTo) {
    refuseFilter('changedTo', 'order', 'La data finale viene prima di quella iniziale.');
  }
  if (changed) return { changedAt: instantsOf(datesOf(changed, now)) };
  return range ? { changedAt: instantsOf({ from: changedFrom, to: changedTo }) } : undefined;
}

/** Assigned to the office, or to none and of a service that the office handles. None is assigned to any other office. */
async function workOf(viewer: Viewer, code: string) {
  const office = await viewer.db.office.findFirst({ where: { code }, select: { id: true } });
  if (!office) return { condition: { id: { in: [] } }, services: [] };
  const services = await servicesOfOffices(viewer, [office.id]);
  const condition = { OR: [{ officeId: office.id }, { AND: [{ officeId: null }, ofServices(services)] }] };
  return { condition, services };
}

async function refuseImpossibleStatus(viewer: Viewer, { service, status }: PracticeFilters): Promise<void> {
  const [code, second] = service ?? [];
  if (code === undefined || second !== undefined || !status) return;
  const possible = await possibleStatuses(viewer, code);
  if (!possible) return;
  const never = status.find((wanted) => !possible.includes(wanted));
  if (!never) return;
  const names = possible.join(', ');
  refuseFilter(
    'status',
    'impossible',
    `Una pratica di "${code}" non è mai nello stato "${STATUS_LABELS[never]}" (${never}). Può essere: ${names}.`,
  );
}

function refuseOfficeOnly(filters: PracticeFilters): void {
  const asked = OFFICE_ONLY.find((name) => filters[name] !== undefined);
  if (asked) refuseFilter(asked, 'officeOnly', `"${asked}" è un filtro riservato agli uffici.`);
}

function refuseFilter(path: string, rule: string, message: string): never {
  return refuse('VALIDATION_FAILED', {}, [{ path, rule, message }]);
}
