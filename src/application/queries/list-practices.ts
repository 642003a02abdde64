import { refuse } from '../../domain/errors';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { Companions } from './companions';
import { readCursor, writeCursor } from './cursor';
import type { PracticeFilters } from './filters';
import { type Matching, matching } from './matching';
import { countAll, readPage } from './pages';
import { type ListRow, listItem } from './rows';
import { type Direction, type Position, positionOf, type Sort, type SortName, sortRule } from './sorts';

/** Hits of an exact number that are shown ahead of their place: more would be no exact number. */
const MAX_AHEAD = 5;

export interface Paging {
  readonly sort: SortName;
  /** Absent: as is usual for the sort, newest or first of the alphabet. */
  readonly order?: Direction | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
  /** `exact`: count everything that matches, which costs more than a page. */
  readonly count?: 'exact' | undefined;
}

/**
 * A page of practices that the viewer may see. Who searches for a number that exists gets that practice first, whatever
 * the sort. Refusals: `VALIDATION_FAILED` for filters that contradict each other or are not for the viewer, and for a
 * cursor that is not of this list.
 */
export async function listPractices(app: Application, viewer: Viewer, filters: PracticeFilters, paging: Paging) {
  const sort: Sort = { name: paging.sort, direction: paging.order ?? sortRule({ name: paging.sort }).usually };
  if (APPLICANT_ROLES.includes(viewer.role) && sortRule(sort).officeOnly) {
    const message = `L'ordine per "${sort.name}" è riservato agli uffici.`;
    refuse('VALIDATION_FAILED', {}, [{ path: 'sort', rule: 'officeOnly', message }]);
  }
  const from = readCursor(sort, filters, paging.cursor);
  const found = await matching(app, viewer, filters, app.clock.now());
  const ahead = paging.cursor === undefined ? await exactHits(app, viewer, found, sort, paging.limit) : [];
  const shown = paging.cursor === undefined ? ahead.map(({ id }) => id) : from.ahead;
  const take = paging.limit - ahead.length + 1;
  const rows = await otherRows(app, viewer, found, sort, { after: from.after, shown, take });
  const rest = rows.slice(0, paging.limit - ahead.length);
  const last = rest.at(-1);
  const page = [...ahead, ...rest];
  const known = new Companions(app.db, viewer);
  await known.learn(page);
  const after = last ? positionOf(sort, last) : from.after;
  return {
    items: page.map((row) => listItem(viewer, row, known)),
    next: rows.length > rest.length ? writeCursor(sort, filters, { after, ahead: shown }) : null,
    total: paging.count === 'exact' ? await countAll(app, viewer, found) : null,
  };
}

async function exactHits(
  app: Application,
  viewer: Viewer,
  { branches, conditions, exact }: Matching,
  sort: Sort,
  limit: number,
): Promise<ListRow[]> {
  if (exact.length === 0) return [];
  const scope = { branches, conditions: [...conditions, { id: { in: [...exact] } }] };
  return readPage(app, viewer, scope, sort, { take: Math.min(MAX_AHEAD, limit) });
}

/** The rows in their place, without those that were shown ahead. */
async function otherRows(
  app: Application,
  viewer: Viewer,
  { branches, conditions, exact, onlyExact }: Matching,
  sort: Sort,
  {
    after,
    shown,
    take,
  }: { readonly after?: Position | undefined; readonly shown: readonly string[]; readonly take: number },
): Promise<ListRow[]> {
  // Whoever asks for a number waits for one question less.
  if (onlyExact && exact.every((id) => shown.includes(id))) return [];
  const others = shown.length === 0 ? [] : [{ id: { notIn: [...shown] } }];
  return readPage(app, viewer, { branches, conditions: [...conditions, ...others] }, sort, { after, take });
}
