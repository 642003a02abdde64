import type { Instant } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { anyOf, visibleParts } from '../practices/visibility';
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
    visibleParts(viewer),
    filters.q === undefined ? undefined : searchFor(app, viewer, filters.q),
  ]);
  const conditions = search ? [...asked, search.where] : asked;
  return {
    where: { AND: [anyOf(parts), ...conditions] },
    branches: isNarrow(filters, search)
      ? branchesAtOnce(parts)
      : await branchesByService(viewer, parts, filters.service),
    conditions,
    exact: search?.exact ?? [],
  };
}

/** Few practices of all services, which an index of its own finds. */
function isNarrow({ assignee, work, attention }: PracticeFilters, search: Search | undefined): boolean {
  return assignee !== undefined || work === 'mine' || attention === true || search?.narrow === true;
}
