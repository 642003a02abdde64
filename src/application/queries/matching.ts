import type { Instant } from '../../domain/ids';
import type { Status } from '../../domain/practice/states';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { anyOf, type ServiceKey, type VisibleParts, visibleParts } from '../practices/visibility';
import { serviceOf } from '../services/catalogue';
import { branchesAtOnce, branchesByService, everyService } from './branches';
import { conditionsOf, type PracticeFilters } from './filters';
import { type Search, searchFor } from './search';
import { statusesOfDefinition } from './service-statuses';
import { TABS } from './tabs';

type Where = Prisma.PracticeWhereInput;

export interface Matching {
  /** Everything that the viewer may see and the filters let through, search included. */
  readonly where: Where;
  /** The same for statements of our own: whatever meets a branch (no practice meets two) and all conditions. */
  readonly branches: readonly Where[];
  readonly conditions: readonly Where[];
  /** Practices that are the number searched for, for lists that show them first. Rights and filters still apply. */
  readonly exact: readonly string[];
  /** Nothing else matches than `exact`. */
  readonly onlyExact: boolean;
}

/** What a list, a count, an export and a total have in common: rights, filters, search. Refusals: see `conditionsOf`. */
export async function matching(
  app: Pick<Application, 'db'>,
  viewer: Viewer,
  filters: PracticeFilters,
  now: Instant,
): Promise<Matching> {
  const asked = await conditionsOf(viewer, filters, now);
  const [parts, search] = await Promise.all([
    visibleParts(viewer)
      .then((visible) => within(visible, asked.services))
      .then((visible) => able(viewer, visible, filters)),
    filters.q === undefined ? undefined : searchFor(app, viewer, filters.q),
  ]);
  const conditions = search ? [...asked.conditions, search.where] : asked.conditions;
  return {
    where: { AND: [anyOf(parts), ...conditions] },
    branches: isNarrow(filters, search)
      ? branchesAtOnce(parts)
      : await branchesByService(viewer, parts, filters.service),
    conditions,
    exact: search?.exact ?? [],
    onlyExact: search?.onlyExact === true,
  };
}

/** Few practices of all services, which an index of its own finds. */
function isNarrow({ assignee, work, attention }: PracticeFilters, search: Search | undefined): boolean {
  return assignee !== undefined || work === 'mine' || attention === true || search?.narrow === true;
}

/** What is visible of some services only. */
function within(parts: VisibleParts, services: readonly ServiceKey[] | undefined): VisibleParts {
  if (!services) return parts;
  const isWanted = ({ code, version }: ServiceKey) =>
    services.some((wanted) => wanted.code === code && wanted.version === version);
  return { ...parts, services: parts.services?.filter(isWanted) ?? services };
}

/** Without the services whose practices are never in a state asked for: their indexes would be gone through for nothing. */
async function able(viewer: Viewer, parts: VisibleParts, filters: PracticeFilters): Promise<VisibleParts> {
  const statuses: readonly Status[] | undefined = filters.status ?? (filters.tab && TABS[filters.tab]);
  if (!statuses) return parts;
  const services = parts.services ?? (filters.service ? undefined : await everyService(viewer));
  if (!services) return parts;
  const { db, tenantId } = viewer;
  const possible = await Promise.all(
    services.map(async ({ code, version }) => {
      const { definition } = await serviceOf(db, { tenantId, serviceCode: code, serviceVersion: version });
      return statusesOfDefinition(definition).some((status) => statuses.includes(status));
    }),
  );
  return { ...parts, services: services.filter((_, n) => possible[n]) };
}
