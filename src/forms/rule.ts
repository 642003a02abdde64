import { z } from 'zod';
import { type Content, valueAt } from './profile/form';

type JsonLogic = typeof import('json-logic-engine', { with: { 'resolution-mode': 'import' }});

// The package has code for CommonJS, but declares its types for ES modules only.
const { LogicEngine }: JsonLogic = require('json-logic-engine');

/** A JsonLogic expression over a form's content, as `{"*": [{"var": "site.squareMetres"}, 150]}`. */
export const ruleSchema = z.union([z.number(), z.boolean(), z.string(), z.record(z.string(), z.unknown())]);

export type Rule = z.infer<typeof ruleSchema>;

/** Everything a rule may be made of; what reads more than the content, or loops, is left out. */
const OPERATORS = new Set([
  ...['var', 'if', '==', '===', '!=', '!==', '!', '!!', 'or', 'and'],
  ...['>', '>=', '<', '<=', 'max', 'min', '+', '-', '*', '/', '%', 'in'],
]);

const engine = new LogicEngine();

/** Paths that a rule reads, and operators that are not ours: what a definition is checked against when it is loaded. */
export function partsOf(rule: unknown): { readonly variables: readonly string[]; readonly unknown: readonly string[] } {
  const variables: string[] = [];
  const unknown: string[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) {
      for (const one of part) visit(one);
      return;
    }
    if (part === null || typeof part !== 'object') return;
    for (const [operator, operand] of Object.entries(part)) {
      if (!OPERATORS.has(operator)) unknown.push(operator);
      else if (operator === 'var') variables.push(String(Array.isArray(operand) ? operand[0] : operand));
      else visit(operand);
    }
  };
  visit(rule);
  return { variables, unknown };
}

/**
 * The value of a rule for a checked content. Dates and choices are texts; absent fields are null, and count as zero.
 * @throws RangeError when it cannot be computed: a division by zero, a text that is multiplied, an unknown operator
 */
export function evaluateRule(rule: Rule, content: Content): unknown {
  const { variables } = partsOf(rule);
  const data: Record<string, unknown> = {};
  for (const path of variables) setAt(data, path.split('.'), valueAt(content, path) ?? null);
  try {
    return engine.run(rule, data);
  } catch (thrown) {
    // The engine throws what it came to, `NaN` or `{ type }`, and no Error.
    const why = typeof thrown === 'number' ? String(thrown) : JSON.stringify(thrown);
    throw new RangeError(`a rule could not be computed: ${why}`);
  }
}

function setAt(data: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    data[key] = value;
    return;
  }
  const inner = data[key];
  const group = inner !== null && typeof inner === 'object' ? (inner as Record<string, unknown>) : {};
  data[key] = group;
  setAt(group, rest, value);
}

/** True when the rule holds. */
export function holds(rule: Rule, content: Content): boolean {
  return Boolean(evaluateRule(rule, content));
}

/**
 * Integer cents that a formula gives. Halves go up, as for every fee; anything that is no number, negative or endless
 * is a defect of the definition.
 * @throws RangeError saying what came out
 */
export function centsOf(rule: Rule, content: Content): number {
  const value = evaluateRule(rule, content);
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 99_999_999) {
    throw new RangeError(`the formula of a fee gave ${String(value)}`);
  }
  // 1.15 × 150 is 172.49999999999997 to a machine, and 172.5 to whoever reads the formula.
  return Math.round(Number(value.toPrecision(12)));
}
