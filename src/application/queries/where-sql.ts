import type { Prisma } from '../../generated/prisma/client';

type Where = Prisma.PracticeWhereInput;

/** What comes from people stands beside the statement; `$1` is the tenant (`queryOfTenant`). */
export class Parameters {
  private readonly given: unknown[] = [];

  /** The place of a value in the statement. */
  add(value: unknown): string {
    this.given.push(value instanceof Date ? value.toISOString() : value);
    return `$${this.given.length + 1}`;
  }

  /** From `$2` on. */
  get values(): readonly unknown[] {
    return this.given;
  }
}

/** Column of a field: the schema writes every one of them with underscores. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * A condition on practices in SQL. Rights and filters are said once, as Prisma reads them for exports and totals; pages
 * need the same in statements that Prisma can't say. @throws Error for what no condition here has used yet
 */
export function whereSql(where: Where, parameters: Parameters): string {
  const all = Object.entries(where).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (key === 'AND') return [value as Where | Where[]].flat().map((part) => whereSql(part, parameters));
    if (key === 'OR')
      return [
        joined(
          'OR',
          (value as Where[]).map((part) => whereSql(part, parameters)),
        ),
      ];
    return testsOf(columnOf(key), value, parameters);
  });
  return joined('AND', all);
}

function joined(word: 'AND' | 'OR', parts: readonly string[]): string {
  const [first, second] = parts;
  if (first === undefined) return word === 'AND' ? 'true' : 'false';
  return second === undefined ? first : `(${parts.join(` ${word} `)})`;
}

function testsOf(column: string, value: unknown, parameters: Parameters): string[] {
  if (value === null) return [`${column} IS NULL`];
  if (typeof value !== 'object' || value instanceof Date) return [`${column} = ${parameters.add(value)}`];
  return Object.entries(value).flatMap(([operator, operand]) => {
    if (operand === undefined) return [];
    const test = TESTS[operator];
    if (!test) throw new Error(`"${operator}" has no SQL here`);
    return [test(column, operand, parameters)];
  });
}

type Test = (column: string, operand: unknown, parameters: Parameters) => string;

const compared =
  (sign: string): Test =>
  (column, operand, parameters) =>
    `${column} ${sign} ${parameters.add(operand)}`;

const TESTS: Readonly<Record<string, Test>> = {
  not: (column, operand, parameters) =>
    operand === null ? `${column} IS NOT NULL` : compared('<>')(column, operand, parameters),
  in: (column, operand, parameters) => `${column} = ANY (${parameters.add(operand)})`,
  notIn: (column, operand, parameters) => `${column} <> ALL (${parameters.add(operand)})`,
  lt: compared('<'),
  gt: compared('>'),
  gte: compared('>='),
  // Asked only of what is so common that the list is gone through in its order. LIKE would be taken to be selective, and
  // all of each service be read and sorted. Prisma lets wildcards of LIKE through, so they come escaped.
  contains: (column, operand, parameters) =>
    `position(${parameters.add(String(operand).replace(/\\(.)/g, '$1'))} IN ${column}) > 0`,
  // Said as the partial index says it.
  isEmpty: (column, operand) => `${column} ${operand === true ? '=' : '<>'} '{}'`,
};
