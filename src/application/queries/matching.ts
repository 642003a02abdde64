import type { Instant } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import { visiblePractices } from '../practices/visibility';
import { conditionsOf, type PracticeFilters } from './filters';
import { type Search, searchFor } from './search';

export interface Matching {
  /** Everything that the viewer may see and the filters let through, search included. */
  readonly where: Prisma.PracticeWhereInput;
  /** Without the search text, and the search apart: for lists that show exact hits first. */
  readonly base: Prisma.PracticeWhereInput;
  readonly search: Search | undefined;
}

/** What a list, a count, an export and a total have in common: rights, filters, search. Refusals: see `conditionsOf`. */
export async function matching(viewer: Viewer, filters: PracticeFilters, now: Instant): Promise<Matching> {
  const conditions = await conditionsOf(viewer, filters, now);
  const base = { AND: [await visiblePractices(viewer), ...conditions] };
  const search = filters.q === undefined ? undefined : await searchFor(viewer, filters.q);
  return { base, search, where: search ? { AND: [base, { OR: [search.exact, search.loose] }] } : base };
}
