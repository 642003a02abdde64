import type { LegalDate } from '../../domain/ids';
import type { Component } from '../profile/components';
import { type Content, childrenOf, isRows, join } from '../profile/form';
import { asQuestion, emptyValue, normalForm } from './normal-form';
import type { FormError } from './result';

/** Most rows of one group, where it sets no limit. */
const MOST_ROWS = 100;
/** A body of one megabyte holds a hundred thousand keys: nobody reads as many errors. */
const MOST_UNKNOWN = 100;

export interface Read {
  /** Only what the form asks for, each value in normal form; wrong ones are left out. */
  readonly content: Record<string, unknown>;
  readonly errors: readonly FormError[];
}

/**
 * Reads a content along its form. Keys that the form does not have are refused, not dropped: what somebody wrote is
 * either in the application or told to be wrong.
 */
export function readContent(components: readonly Component[], content: Content, today: LegalDate): Read {
  const errors: FormError[] = [];
  const read = readGroup(components, content, '', today, errors);
  const unknown = errors.filter(({ rule }) => rule === 'unknown');
  const spared = new Set(unknown.slice(MOST_UNKNOWN));
  return { content: read, errors: errors.filter((error) => !spared.has(error)) };
}

function readGroup(
  components: readonly Component[],
  given: Content,
  scope: string,
  today: LegalDate,
  errors: FormError[],
): Record<string, unknown> {
  const known = new Set<string>();
  const clean: Record<string, unknown> = {};
  for (const component of keepers(components)) {
    const { key } = component;
    known.add(key);
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    const read = readValue(component, value, join(scope, key), today, errors);
    if (read !== undefined) clean[key] = read;
  }
  for (const key of Object.keys(given)) {
    if (!known.has(key)) errors.push({ path: join(scope, key), rule: 'unknown', params: {} });
  }
  return clean;
}

/** Components that keep something under their key; layout is looked through. */
function keepers(components: readonly Component[]): Component[] {
  return components.flatMap((component) => {
    switch (component.type) {
      case 'panel':
      case 'fieldset':
      case 'columns':
        return keepers(childrenOf(component));
      case 'content':
      case 'htmlelement':
        return [];
      default:
        return [component];
    }
  });
}

function readValue(component: Component, value: unknown, path: string, today: LegalDate, errors: FormError[]): unknown {
  const question = asQuestion(component);
  if (question) {
    const normal = normalForm(question, value, today);
    if ('value' in normal) return normal.value;
    errors.push({ path, ...normal.error });
    return emptyValue(question);
  }
  if (isRows(component)) return readRows(component, value, path, today, errors);
  if (component.type !== 'form') {
    return readGroup(childrenOf(component), readObject(value, path, errors), path, today, errors);
  }
  const { data, ...strangers } = readObject(value, path, errors);
  for (const key of Object.keys(strangers)) errors.push({ path: join(path, key), rule: 'unknown', params: {} });
  const within = join(path, 'data');
  return { data: readGroup(childrenOf(component), readObject(data, within, errors), within, today, errors) };
}

function readRows(
  component: Extract<Component, { type: 'editgrid' | 'datagrid' }>,
  value: unknown,
  path: string,
  today: LegalDate,
  errors: FormError[],
): unknown {
  const rows = value === undefined || value === null || value === '' ? [] : value;
  const wrong = Array.isArray(rows) ? countTrouble(component, rows.length) : { rule: 'rows', params: {} };
  if (wrong) errors.push({ path, ...wrong });
  // Never absent: the engine underneath would make up a row to look at.
  if (!Array.isArray(rows) || wrong?.rule === 'tooManyRows') return [];
  return rows.map((row: unknown, index) => {
    const within = join(path, String(index));
    return readGroup(component.components, readObject(row, within, errors), within, today, errors);
  });
}

function countTrouble(
  { validate = {} }: Extract<Component, { type: 'editgrid' | 'datagrid' }>,
  count: number,
): Omit<FormError, 'path'> | undefined {
  const { required = false, minLength = 0, maxLength = MOST_ROWS } = validate;
  if (count > maxLength) return { rule: 'tooManyRows', params: { max: maxLength } };
  if (count === 0) return required ? { rule: 'required', params: {} } : undefined;
  return count < minLength ? { rule: 'tooFewRows', params: { limit: minLength } } : undefined;
}

function readObject(value: unknown, path: string, errors: FormError[]): Content {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Content;
  errors.push({ path, rule: 'group', params: {} });
  return {};
}
