import type { Component } from '../profile/components';
import { childrenOf, isRows, join, scopeWithin } from '../profile/form';

/** A component as the engine underneath takes it. */
export interface CoreComponent {
  readonly type: string;
  readonly key: string;
  readonly input: boolean;
  readonly components?: CoreComponent[];
  readonly [attribute: string]: unknown;
}

/** Key of a row that no question can have. */
export const ROW_MARK = '$row';
const MARK: CoreComponent = { type: 'hidden', key: ROW_MARK, input: true };

/**
 * The form as `@formio/core` gets it: only what it is asked to judge, which is conditions, expressions, calculated values,
 * whether something is there, and how much of it. Types, patterns and plug-ins were judged before; every value that is a
 * text is a plain text field here, so that no rule of its own about dates, addresses or numbers applies.
 */
export function coreForm(components: readonly Component[], scope = '', rows = ''): CoreComponent[] {
  return components.map((component): CoreComponent => {
    const within = scopeWithin(component, scope);
    const inside = () => coreForm(childrenOf(component), within, isRows(component) ? within : rows);
    const common = {
      key: component.key,
      ...(component.hidden ? { hidden: true } : {}),
      ...('clearOnHide' in component && component.clearOnHide === false ? { clearOnHide: false } : {}),
      ...conditionOf(component, rows),
    };
    switch (component.type) {
      case 'panel':
      case 'fieldset':
      case 'columns':
        return { ...common, type: 'fieldset', input: false, components: inside() };
      case 'container':
        return { ...common, type: 'container', input: true, components: inside() };
      case 'form': {
        const data = { type: 'container', key: 'data', input: true, components: inside() };
        return { ...common, type: 'container', input: true, components: [data] };
      }
      case 'editgrid':
      case 'datagrid':
        return { ...common, type: 'datagrid', input: true, components: [MARK, ...inside()] };
      case 'content':
      case 'htmlelement':
        return { ...common, type: 'content', input: false };
      default:
        return { ...common, ...judged(component) };
    }
  });
}

/** What is judged of a question's value. */
function judged(question: Component): { readonly type: string; readonly input: boolean } & Record<string, unknown> {
  const validate = 'validate' in question ? ((question.validate ?? {}) as Record<string, unknown>) : {};
  const { required, json, minLength, min, max, minSelectedCount, maxSelectedCount } = validate;
  const calculated = 'calculateValue' in question && question.calculateValue !== undefined;
  return {
    type: CORE_TYPES[question.type] ?? 'textfield',
    input: true,
    validate: defined({ required, json, minLength, min, max, minSelectedCount, maxSelectedCount }),
    ...(calculated ? { calculateValue: question.calculateValue } : {}),
    ...('defaultValue' in question && question.type === 'hidden' ? { defaultValue: question.defaultValue } : {}),
  };
}

const CORE_TYPES: Readonly<Record<string, string>> = {
  number: 'number',
  currency: 'number',
  checkbox: 'checkbox',
  selectboxes: 'selectboxes',
  select: 'hidden',
  file: 'hidden',
  hidden: 'hidden',
};

function conditionOf(component: Component, rows: string): { readonly conditional?: { readonly json: unknown } } {
  const json = conditionLogic(component, rows);
  return json === undefined ? {} : { conditional: { json } };
}

/**
 * The condition of a component as JsonLogic over the whole data, the one kind that means the same inside of rows and
 * parts; undefined for what is always shown.
 * @param rows path of the innermost rows around it, or nothing
 */
export function conditionLogic(component: Component, rows: string): unknown {
  const { conditional } = component;
  if (!conditional) return undefined;
  if ('json' in conditional) return conditional.json;
  const all =
    'when' in conditional
      ? [compared(conditional.when, 'isEqual', conditional.eq, rows)]
      : conditional.conditions.map(({ component: path, operator, value }) => compared(path, operator, value, rows));
  const together = 'conjunction' in conditional && conditional.conjunction === 'any' ? { or: all } : { and: all };
  return conditional.show ? together : { '!': [together] };
}

function compared(path: string, operator: string, value: unknown, rows: string): unknown {
  const prefix = rows === '' ? undefined : join(rows, '');
  const variable = { var: prefix && path.startsWith(prefix) ? `row.${path.slice(prefix.length)}` : `data.${path}` };
  const ticked = { var: `${variable.var}.${String(value)}` };
  switch (operator) {
    case 'isEqual':
      // The boxes of a selection are asked by their name.
      return { or: [same(variable, value), { '===': [ticked, true] }] };
    case 'isNotEqual':
      return { '!': [{ or: [same(variable, value), { '===': [ticked, true] }] }] };
    case 'isEmpty':
      return { '!': [variable] };
    case 'isNotEmpty':
      return { '!!': [variable] };
    case 'includes':
      return { and: [{ '!!': [variable] }, { in: [value, variable] }] };
    case 'notIncludes':
      return { '!': [{ and: [{ '!!': [variable] }, { in: [value, variable] }] }] };
    // Nothing is neither more nor less than a number: without this, null < 5.
    case 'lessThan':
      return { and: [present(variable), { '<': [variable, value] }] };
    case 'greaterThan':
      return { and: [present(variable), { '>': [variable, value] }] };
    case 'lessThanOrEqual':
      return { and: [present(variable), { '<=': [variable, value] }] };
    default:
      return { and: [present(variable), { '>=': [variable, value] }] };
  }
}

/** Form.io compares as texts: `"true"` is what a builder writes for a ticked box. */
function same(variable: unknown, value: unknown): unknown {
  return { '===': [{ cat: [variable] }, String(value)] };
}

function present(variable: unknown): unknown {
  return { '!==': [{ cat: [variable] }, ''] };
}

function defined(attributes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
