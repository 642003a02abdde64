import { instant } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { readInstantCursor, writeCursor } from './cursor';
import type { PracticeFilters } from './filters';
import { matching } from './matching';

const LIST = 'folders by last change';

/**
 * The list grouped by folder: each with how many of the practices that match, last changed first. Practices without a
 * folder (not sent yet) stand in none. Refusals: as for the list.
 */
export async function listFolders(
  app: Application,
  viewer: Viewer,
  filters: PracticeFilters,
  paging: { readonly limit: number; readonly cursor?: string | undefined },
) {
  const { after } = readInstantCursor(LIST, filters, paging.cursor);
  const { where } = await matching(viewer, filters, app.clock.now());
  const groups = await viewer.db.practice.groupBy({
    by: ['folderId'],
    where: { AND: [where, { folderId: { not: null } }] },
    _count: { _all: true },
    _max: { changedAt: true },
    ...(after && { having: later(new Date(after.value as string), after.id) }),
    orderBy: [{ _max: { changedAt: 'desc' } }, { folderId: 'desc' }],
    take: paging.limit + 1,
  });
  const page = groups.slice(0, paging.limit).flatMap(({ folderId, _count, _max }) => {
    // Both are there: rows without a folder are left out, and a group has a row.
    return folderId && _max.changedAt ? [{ id: folderId, practices: _count._all, changedAt: _max.changedAt }] : [];
  });
  const labels = await labelsOf(
    viewer,
    page.map(({ id }) => id),
  );
  const last = page.at(-1);
  const next = last && { after: { value: last.changedAt.toISOString(), id: last.id }, ahead: [] };
  return {
    items: page.map(({ id, practices, changedAt }) => ({
      id,
      label: labels.get(id) ?? '',
      practices,
      changedAt: instant(changedAt),
      href: `/api/v1/practices?folder=${id}`,
    })),
    next: next && groups.length > paging.limit ? writeCursor(LIST, filters, next) : null,
  };
}

function later(changedAt: Date, id: string): Prisma.PracticeScalarWhereWithAggregatesInput {
  return {
    OR: [
      { changedAt: { _max: { lt: changedAt } } },
      { AND: [{ changedAt: { _max: { equals: changedAt } } }, { folderId: { lt: id } }] },
    ],
  };
}

async function labelsOf(viewer: Viewer, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await viewer.db.folder.findMany({ where: { id: { in: [...ids] } }, select: { id: true, label: true } });
  return new Map(rows.map(({ id, label }) => [id, label]));
}
