import type { Instant } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { anyOf, type ServiceKey, type VisibleParts, visibleParts } from '../practices/visibility';
import { branchesAtOnce, branchesByService } from './branches';
import { conditionsOf, type PracticeFilters } from './filters';
import { type Search, searchFor } from './search';

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
    visibleParts(viewer).then((visible) => within(visible, asked.services)),
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
