import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import { CONFIRMED, NOT_DISCARDED, ofServices, type ServiceKey, type VisibleParts } from '../practices/visibility';
import type { OfTenant } from './sql';
import { type Parameters, whereSql } from './where-sql';

type Where = Prisma.PracticeWhereInput;

const NOTHING: Where = { id: { in: [] } };

/**
 * What a viewer may see, service by service: in each the rows stand in the order of an index, and PostgreSQL merges
 * them, so that a page costs its own rows however many practices there are. No practice is in two branches.
 */
export async function branchesByService(
  viewer: Viewer,
  { services, others }: VisibleParts,
  wanted: readonly string[] | undefined,
): Promise<readonly Where[]> {
  const codes = new Set(wanted ?? (services ?? (await everyService(viewer))).map(({ code }) => code));
  return [
    ...[...codes].flatMap((code) => {
      const versions = services?.filter((service) => service.code === code).map(({ version }) => version);
      if (versions?.length === 0) return [];
      return [
        visible({ AND: [CONFIRMED, { serviceCode: code, ...(versions && { serviceVersion: { in: versions } }) }] }),
      ];
    }),
    ...others.map(visible),
  ];
}

/** The same undivided: for what another index than that of services finds, such as all of one person. */
export function branchesAtOnce({ services, others }: VisibleParts): readonly Where[] {
  const confirmed = services ? { AND: [CONFIRMED, ofServices(services)] } : CONFIRMED;
  return [...(services?.length === 0 ? [] : [confirmed]), ...others].map(visible);
}

/**
 * All of the branches as one relation with these columns, limited to what every row has to meet. `page`, if given, is
 * order and limit of each branch: PostgreSQL merges what comes in order and stops when it has enough.
 */
export function unionOf(
  branches: readonly Where[],
  every: string,
  columns: string,
  parameters: Parameters,
  page = '',
): OfTenant {
  const select = (branch: Where): OfTenant =>
    `(SELECT ${columns} FROM practice WHERE tenant_id = $1 AND ${whereSql(branch, parameters)} AND ${every} ${page})`;
  const [first = NOTHING, ...rest] = branches;
  return rest.reduce<OfTenant>((union, branch) => `${union} UNION ALL ${select(branch)}`, select(first));
}

function visible(part: Where): Where {
  return { AND: [NOT_DISCARDED, part] };
}

/** Versions of every service of the body. */
export async function everyService(viewer: Viewer): Promise<readonly ServiceKey[]> {
  return viewer.db.serviceVersion.findMany({ select: { code: true, version: true } });
}
