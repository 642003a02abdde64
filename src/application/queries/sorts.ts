import type { Prisma } from '../../generated/prisma/client';

interface SortRule {
  readonly column: string;
  readonly holds: 'instant' | 'date' | 'text' | 'number';
  readonly nullable: boolean;
  /** Direction when none is asked. */
  readonly usually: Direction;
  /** Not for applicants: the column is the office's own business. */
  readonly officeOnly?: true;
  /** So many characters are in the index, which can't hold a text of any length: they are compared first. */
  readonly indexed?: number;
}

export type Direction = 'asc' | 'desc';

/** By what lists are sorted. Whatever lacks the value comes last in both directions; the id breaks ties. */
export const SORT_RULES = {
  changedAt: { column: 'changedAt', holds: 'instant', nullable: false, usually: 'desc' },
  createdAt: { column: 'createdAt', holds: 'instant', nullable: false, usually: 'desc' },
  receivedAt: { column: 'receivedAt', holds: 'instant', nullable: true, usually: 'desc' },
  answerBy: { column: 'answerBy', holds: 'date', nullable: true, usually: 'asc' },
  priority: { column: 'priorityRank', holds: 'number', nullable: false, usually: 'asc', officeOnly: true },
  applicant: { column: 'applicantName', holds: 'text', nullable: false, usually: 'asc', indexed: 64 },
  code: { column: 'code', holds: 'text', nullable: true, usually: 'asc' },
  // Numbers begin again each year and each register writes them in its own way: their order is that of registration.
  registration: { column: 'registeredAt', holds: 'instant', nullable: true, usually: 'asc' },
  status: { column: 'status', holds: 'text', nullable: false, usually: 'asc' },
} as const satisfies Record<string, SortRule>;

export type SortName = keyof typeof SORT_RULES;
export const SORT_NAMES = Object.keys(SORT_RULES) as [SortName, ...SortName[]];

export interface Sort {
  readonly name: SortName;
  readonly direction: Direction;
}

/** Where a page ended: the value sorted by and the id of its last row. */
export interface Position {
  readonly value: string | number | null;
  readonly id: string;
}

/** The rule of a sort. */
export function sortRule({ name }: Pick<Sort, 'name'>): SortRule {
  return SORT_RULES[name];
}

/** A stretch of a list in which an index has the order of the sort: nulls, which come last, stand in one of their own. */
export interface Stretch {
  /** What holds for its rows only. */
  readonly where: Prisma.PracticeWhereInput;
  /** Column sorted by, before the id; absent: all rows lack the value. */
  readonly column?: string;
  /** Characters of the column that are compared before the whole. */
  readonly indexed?: number | undefined;
  /** Rows after this one. */
  readonly after?: Position | undefined;
}

/**
 * What is still to be read after a position, stretch by stretch. Pages are cut by key, so rows that arrive meanwhile
 * neither repeat nor hide others.
 */
export function stretchesAfter(sort: Sort, after: Position | undefined): readonly Stretch[] {
  const { column, nullable, indexed } = sortRule(sort);
  const valued = { where: nullable ? { [column]: { not: null } } : {}, column, indexed };
  const lacking = { where: { [column]: null } };
  if (after?.value === null) return [{ ...lacking, after }];
  return [{ ...valued, after }, ...(nullable ? [lacking] : [])];
}

/** The position of a row. */
export function positionOf(sort: Sort, row: { readonly id: string }): Position {
  const value = (row as Readonly<Record<string, unknown>>)[sortRule(sort).column];
  if (value instanceof Date) return { value: value.toISOString(), id: row.id };
  return { value: (value ?? null) as string | number | null, id: row.id };
}
