import type { Status } from '../../domain/practice/states';
import type { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { anyOf, visibleParts } from '../practices/visibility';
import { branchesAtOnce, branchesByService, unionOf } from './branches';
import { worked } from './filters';
import { countAll } from './pages';
import { queryOfTenant } from './sql';
import { TAB_NAMES, TABS, type Tab } from './tabs';
import { Parameters, whereSql } from './where-sql';

type Where = Prisma.PracticeWhereInput;

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
  app: Pick<Application, 'db'>,
  viewer: Viewer,
  filters: { readonly service?: readonly string[] | undefined },
): Promise<ApplicantCounts | OfficeCounts> {
  const parts = await visibleParts(viewer);
  const ofService = filters.service ? [{ serviceCode: { in: [...filters.service] } }] : [];
  if (APPLICANT_ROLES.includes(viewer.role)) return ofApplicant(viewer, { AND: [anyOf(parts), ...ofService] });
  const [open, attention] = await Promise.all([
    ofOpen(app, viewer, await branchesByService(viewer, parts, filters.service), ofService),
    // What ended may still need a hand: money that came too late, a number that was refused.
    countAll(app, viewer, {
      branches: branchesAtOnce(parts),
      conditions: [...ofService, { attention: { isEmpty: false } }],
    }),
  ]);
  return { ...open, attention };
}

async function ofApplicant(viewer: Viewer, where: Where): Promise<ApplicantCounts> {
  const groups = await viewer.db.practice.groupBy({ by: ['status'], where, _count: { _all: true } });
  const counts = TAB_NAMES.map((tab) => {
    const statuses: readonly Status[] = TABS[tab];
    const mine = groups.filter(({ status }) => statuses.includes(status as Status));
    return [tab, mine.reduce((sum, { _count }) => sum + _count._all, 0)];
  });
  return Object.fromEntries(counts) as ApplicantCounts;
}

/** Whatever is counted of the open ones, in one walk through them. */
async function ofOpen(
  { db }: Pick<Application, 'db'>,
  viewer: Viewer,
  branches: readonly Where[],
  conditions: readonly Where[],
): Promise<Omit<OfficeCounts, 'attention'>> {
  const counted = {
    unassigned: worked(viewer, 'unassigned'),
    mine: worked(viewer, 'mine'),
    toAccept: worked(viewer, 'toAccept'),
    late: { late: true },
    myOffices: worked(viewer, 'myOffices'),
  };
  const parameters = new Parameters();
  const every = whereSql({ AND: [...conditions, { endedAt: null }] }, parameters);
  const open = unionOf(branches, every, 'id, status, assignee_id, office_id, ended_at, late', parameters);
  const counts = Object.entries(counted).map(
    ([name, where]) => `count(*) FILTER (WHERE ${whereSql(where, parameters)})::int AS "${name}"`,
  );
  const statement = `SELECT ${counts.join(', ')} FROM (${open}) open` as const;
  const [found] = await queryOfTenant<Omit<OfficeCounts, 'attention'>>(
    db,
    viewer.tenantId,
    statement,
    parameters.values,
  );
  if (!found) throw new Error('a count without a row');
  return found;
}
