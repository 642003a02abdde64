import { instant } from '../../domain/ids';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { unionOf } from './branches';
import { readInstantCursor, writeCursor } from './cursor';
import type { PracticeFilters } from './filters';
import { type Matching, matching } from './matching';
import type { Position } from './sorts';
import { queryOfTenant } from './sql';
import { Parameters, whereSql } from './where-sql';

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
  const found = await matching(app, viewer, filters, app.clock.now());
  const groups = await readGroups(app, viewer, found, after, paging.limit + 1);
  const page = groups.slice(0, paging.limit);
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

interface Group {
  readonly id: string;
  readonly practices: number;
  readonly changedAt: Date;
}

async function readGroups(
  { db }: Pick<Application, 'db'>,
  viewer: Viewer,
  { branches, conditions }: Matching,
  after: Position | undefined,
  take: number,
): Promise<readonly Group[]> {
  if (branches.length === 0) return [];
  const parameters = new Parameters();
  const every = whereSql({ AND: [...conditions, { folderId: { not: null } }] }, parameters);
  const found = unionOf(branches, every, 'folder_id, changed_at', parameters);
  const further = after
    ? `HAVING (max(changed_at), folder_id) < (${parameters.add(after.value)}::timestamptz, ${parameters.add(after.id)}::uuid)`
    : '';
  return queryOfTenant<Group>(
    db,
    viewer.tenantId,
    `SELECT folder_id AS id, count(*)::int AS practices, max(changed_at) AS "changedAt" FROM (${found}) found
     GROUP BY folder_id ${further} ORDER BY 3 DESC, 1 DESC LIMIT ${take}`,
    parameters.values,
  );
}

async function labelsOf(viewer: Viewer, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await viewer.db.folder.findMany({ where: { id: { in: [...ids] } }, select: { id: true, label: true } });
  return new Map(rows.map(({ id, label }) => [id, label]));
}
