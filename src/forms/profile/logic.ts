/** Operators of JsonLogic that a form may use: what only computes, and ends. */
const OPERATORS: ReadonlySet<string> = new Set([
  ...['var', 'missing', 'missing_some', 'if', '?:', '==', '===', '!=', '!==', '!', '!!', 'or', 'and'],
  ...['>', '>=', '<', '<=', 'max', 'min', '+', '-', '*', '/', '%', 'in', 'cat', 'substr'],
  ...['map', 'filter', 'reduce', 'all', 'none', 'some', 'merge'],
]);

/** Operators whose second part is evaluated for each element, with that element as its data. */
const PER_ELEMENT: ReadonlySet<string> = new Set(['map', 'filter', 'reduce', 'all', 'none', 'some']);

/** What an expression reads and is made of. */
export interface LogicParts {
  /** Variables as they are written: `data.site.width`, `row.plate`, `value`. */
  readonly variables: readonly string[];
  readonly unknown: readonly string[];
  /** How deep it is nested. */
  readonly depth: number;
}

/** Looks through an expression without computing it. */
export function partsOfLogic(logic: unknown): LogicParts {
  const variables: string[] = [];
  const unknown: string[] = [];
  let deepest = 0;
  const visit = (part: unknown, depth: number, perElement: boolean): void => {
    deepest = Math.max(deepest, depth);
    if (Array.isArray(part)) for (const one of part) visit(one, depth + 1, perElement);
    else if (part !== null && typeof part === 'object') {
      for (const [operator, operand] of Object.entries(part)) {
        if (!OPERATORS.has(operator)) unknown.push(operator);
        else if (operator === 'var') {
          if (!perElement) variables.push(String(first(operand)));
        } else if (PER_ELEMENT.has(operator) && Array.isArray(operand)) {
          visit(operand[0], depth + 1, perElement);
          for (const each of operand.slice(1)) visit(each, depth + 1, true);
        } else visit(operand, depth + 1, perElement);
      }
    }
  };
  visit(logic, 0, false);
  return { variables, unknown, depth: deepest };
}

/** The same expression with other variables. Those of elements (`map`, `filter` …) stay. */
export function renameVariables(logic: unknown, rename: (variable: string) => string): unknown {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(
      Object.entries(part).map(([operator, operand]): [string, unknown] => {
        if (operator === 'var') {
          const named = rename(String(first(operand)));
          return ['var', Array.isArray(operand) ? [named, ...operand.slice(1)] : named];
        }
        if (PER_ELEMENT.has(operator) && Array.isArray(operand))
          return [operator, [visit(operand[0]), ...operand.slice(1)]];
        return [operator, visit(operand)];
      }),
    );
  };
  return visit(logic);
}

function first(operand: unknown): unknown {
  return Array.isArray(operand) ? operand[0] : operand;
}
