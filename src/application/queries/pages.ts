import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { unionOf } from './branches';
import type { Matching } from './matching';
import { LIST_COLUMNS, type ListRow } from './rows';
import { type Position, type Sort, type Stretch, stretchesAfter } from './sorts';
import { queryOfTenant } from './sql';
import { columnOf, Parameters, whereSql } from './where-sql';

/** What is read of the list: the branches that a row may be in and what every row has to meet. */
export type Scope = Pick<Matching, 'branches' | 'conditions'>;

/** What Prisma would give otherwise than the column is: a date is its midnight in UTC, a list is never missing. */
const AS_PRISMA: Readonly<Record<string, string>> = {
  answerBy: "p.answer_by::timestamp AT TIME ZONE 'UTC'",
  attention: "COALESCE(p.attention, '{}')",
};
const COLUMNS = Object.keys(LIST_COLUMNS)
  .map((field) => `${AS_PRISMA[field] ?? `p.${columnOf(field)}`} AS "${field}"`)
  .join(', ');

/** The next rows of a list after a position, in its order. */
export async function readPage(
  { db }: Pick<Application, 'db'>,
  viewer: Viewer,
  scope: Scope,
  sort: Sort,
  { after, take }: { readonly after?: Position | undefined; readonly take: number },
): Promise<ListRow[]> {
  const rows: ListRow[] = [];
  if (scope.branches.length === 0) return rows;
  for (const stretch of stretchesAfter(sort, after)) {
    if (rows.length >= take) break;
    const parameters = new Parameters();
    const statement = pageStatement(scope, sort, stretch, take - rows.length, parameters);
    rows.push(...(await queryOfTenant<ListRow>(db, viewer.tenantId, statement, parameters.values)));
  }
  return rows;
}

/** How many rows the list has. Costs more than a page. */
export async function countAll({ db }: Pick<Application, 'db'>, viewer: Viewer, scope: Scope): Promise<number> {
  if (scope.branches.length === 0) return 0;
  const parameters = new Parameters();
  const every = whereSql({ AND: [...scope.conditions] }, parameters);
  const rows = unionOf(scope.branches, every, 'id', parameters);
  const statement = `SELECT count(*)::int AS total FROM (${rows}) found` as const;
  const [found] = await queryOfTenant<{ total: number }>(db, viewer.tenantId, statement, parameters.values);
  return found?.total ?? 0;
}

/** One of the columns that a list is ordered by. */
interface Key {
  readonly name: string;
  /** Its value in a row. */
  readonly sql: string;
  /** Its value in the row after which one reads, whose parameters these are. */
  readonly after: (place: string, id: string) => string;
}

function keysOf({ column, indexed }: Pick<Stretch, 'column' | 'indexed'>): readonly Key[] {
  const id: Key = { name: 'id', sql: 'id', after: (_, given) => given };
  if (column === undefined) return [id];
  const sql = columnOf(column);
  const place: Key = { name: 'place', sql, after: (given) => given };
  if (indexed === undefined) return [place, id];
  const begin = (text: string) => `left(${text}, ${indexed})`;
  return [{ name: 'head', sql: begin(sql), after: begin }, place, id];
}

/** The ids of the page are found first, mostly in indexes alone; only its own rows, which are wide, are then read. */
function pageStatement(
  { branches, conditions }: Scope,
  { direction }: Sort,
  { where, after, ...sorted }: Stretch,
  take: number,
  parameters: Parameters,
) {
  const keys = keysOf(sorted);
  const order = `ORDER BY ${keys.map(({ name }) => `${name} ${direction}`).join(', ')}`;
  const every = [whereSql({ AND: [...conditions, where] }, parameters)];
  if (after) {
    const place = sorted.column === undefined ? '' : parameters.add(after.value);
    const id = parameters.add(after.id);
    const row = keys.map(({ sql }) => sql).join(', ');
    const last = keys.map((key) => key.after(place, id)).join(', ');
    every.push(`(${row}) ${direction === 'asc' ? '>' : '<'} (${last})`);
  }
  const columns = keys.map(({ name, sql }) => `${sql} AS ${name}`).join(', ');
  const found = unionOf(branches, every.join(' AND '), columns, parameters, `${order} LIMIT ${take}`);
  return `SELECT ${COLUMNS}
    FROM (SELECT * FROM (${found}) found ${order} LIMIT ${take}) page JOIN practice p ON p.id = page.id
    ${order}` as const;
}
