import { z } from 'zod';
import { COMPONENT_TYPES, type Component, componentSchema } from '../profile/components';
import { type FormProfile, PROFILE } from '../profile/form';
import { attributesOf } from './attributes';
import { excerpt, type Notes, type Refused } from './notes';

export interface ImportResult {
  /** Absent while something is refused. */
  readonly form?: FormProfile;
  readonly refused: readonly Refused[];
  /** What was replaced because proposals were accepted. */
  readonly replaced: readonly Refused[];
  /** Paths of attributes that have no meaning here and were left out. */
  readonly dropped: readonly string[];
}

export interface ImportOptions {
  /** Puts in every proposal instead of refusing what it is for. */
  readonly accept: boolean;
}

const givenForm = z.looseObject({
  _id: z.string().min(1).max(80).optional(),
  title: z.string().trim().min(1).max(200).optional(),
  display: z.string().optional(),
  components: z.array(z.unknown()).min(1),
});

/**
 * Takes over a form of Form.io into the profile. Scripts and unknown kinds of components are refused, each with its path
 * and, where one can be found, an equivalent without code; nothing that has a meaning is dropped in silence.
 * @param given the parsed JSON of a form
 */
export function importForm(given: unknown, options: ImportOptions): ImportResult {
  const notes: Notes = { accept: options.accept, refused: [], replaced: [], dropped: [] };
  const form = givenForm.safeParse(given);
  if (!form.success) {
    const refused = form.error.issues.map(({ path, message }) => ({
      path: written(path),
      reason: `this is no form of Form.io: ${message}`,
      found: '',
    }));
    return { refused, replaced: [], dropped: [] };
  }
  const components = importComponents(form.data.components, 'components', notes);
  const { _id: name, title = 'Modulo' } = form.data;
  const display = form.data.display === 'wizard' ? 'wizard' : 'form';
  const { refused, replaced, dropped } = notes;
  if (refused.length > 0) return { refused, replaced, dropped };
  return {
    form: { profile: PROFILE, ...(name ? { name } : {}), title, display, components },
    refused,
    replaced,
    dropped,
  };
}

function importComponents(given: readonly unknown[], path: string, notes: Notes): Component[] {
  return given.flatMap((one, index) => importComponent(one, `${path}[${index}]`, notes));
}

function importComponent(given: unknown, path: string, notes: Notes): Component[] {
  const component = z.looseObject({ type: z.string(), key: z.string() }).safeParse(given);
  if (!component.success) {
    notes.refused.push({ path, reason: 'a component needs a type and a key', found: excerpt(given) });
    return [];
  }
  const source = component.data;
  if (source.type === 'button') {
    notes.dropped.push(`${path} (button: ours are made by the flow)`);
    return [];
  }
  const type = source.type === 'well' ? 'fieldset' : source.type;
  if (!COMPONENT_TYPES.has(type)) {
    const reason = `there is no component ${source.type} in profile ${PROFILE}: use one of ${[...COMPONENT_TYPES].join(', ')}`;
    notes.refused.push({ path: `${path}.type`, reason, found: source.type });
    return [];
  }
  const attributes = attributesOf({ ...source, type }, path, notes);
  const children = childrenOf(source, path, notes);
  const made = componentSchema.safeParse({ ...attributes, ...children });
  if (made.success) return [made.data];
  // A child that was refused makes its group incomplete: the child's own note says all.
  const known = notes.refused.some((one) => one.path.startsWith(path) && one.path !== path);
  for (const issue of made.error.issues) {
    if (known && issue.path[0] === 'components') continue;
    const at = issue.path.length === 0 ? path : `${path}.${written(issue.path)}`;
    notes.refused.push({ path: at, reason: issue.message, found: excerpt(valueAtPath(source, issue.path)) });
  }
  return [];
}

function childrenOf(source: Record<string, unknown>, path: string, notes: Notes): Record<string, unknown> {
  if (source['type'] === 'columns' && Array.isArray(source['columns'])) {
    const columns = source['columns'].map((column: unknown, index) => {
      const inside = z.looseObject({ components: z.array(z.unknown()).default([]) }).safeParse(column);
      const components = inside.success ? inside.data.components : [];
      return { components: importComponents(components, `${path}.columns[${index}].components`, notes) };
    });
    return { columns };
  }
  // The components of a nested form come from the part that it names.
  if (source['type'] === 'form' || !Array.isArray(source['components'])) return {};
  return { components: importComponents(source['components'], `${path}.components`, notes) };
}

function valueAtPath(source: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    source,
  );
}

function written(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
