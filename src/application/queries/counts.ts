import type { Status } from '../../domain/practice/states';
import type { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import { visiblePractices } from '../practices/visibility';
import { worked } from './filters';
import { TAB_NAMES, TABS, type Tab } from './tabs';

export type ApplicantCounts = Readonly<Record<Tab, number>>;

/** What officers have to do. Each number is that of a list: of open practices, except for those that need attention. */
export interface OfficeCounts {
  readonly unassigned: number;
  readonly mine: number;
  readonly toAccept: number;
  readonly late: number;
  readonly attention: number;
  readonly myOffices: number;
}

/** The numbers on the tabs of whoever asks, of all services or of some. */
export async function countPractices(
  viewer: Viewer,
  filters: { readonly service?: readonly string[] | undefined },
): Promise<ApplicantCounts | OfficeCounts> {
  const visible = await visiblePractices(viewer);
  const where = { AND: [visible, ...(filters.service ? [{ serviceCode: { in: [...filters.service] } }] : [])] };
  return APPLICANT_ROLES.includes(viewer.role) ? ofApplicant(viewer, where) : ofOffice(viewer, where);
}

async function ofApplicant(viewer: Viewer, where: Prisma.PracticeWhereInput): Promise<ApplicantCounts> {
  const groups = await viewer.db.practice.groupBy({ by: ['status'], where, _count: { _all: true } });
  const counts = TAB_NAMES.map((tab) => {
    const statuses: readonly Status[] = TABS[tab];
    const mine = groups.filter(({ status }) => statuses.includes(status as Status));
    return [tab, mine.reduce((sum, { _count }) => sum + _count._all, 0)];
  });
  return Object.fromEntries(counts) as ApplicantCounts;
}

async function ofOffice(viewer: Viewer, where: Prisma.PracticeWhereInput): Promise<OfficeCounts> {
  const count = (...and: Prisma.PracticeWhereInput[]) => viewer.db.practice.count({ where: { AND: [where, ...and] } });
  const open = { endedAt: null };
  const [unassigned, mine, toAccept, late, attention, myOffices] = await Promise.all([
    count(worked(viewer, 'unassigned')),
    count(worked(viewer, 'mine'), open),
    count(worked(viewer, 'toAccept')),
    count({ late: true }, open),
    // What ended may still need a hand: money that came too late, a number that was refused.
    count({ attention: { isEmpty: false } }),
    count(worked(viewer, 'myOffices'), open),
  ]);
  return { unassigned, mine, toAccept, late, attention, myOffices };
}
