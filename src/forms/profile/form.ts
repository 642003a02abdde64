import { z } from 'zod';
import { type Component, componentSchema, type Leaf } from './components';

/** The version of the profile that this release reads and writes. */
export const PROFILE = '1.0';

/** Text per language and, within it, per text of the form as it is written: `{ de: { 'Targa': 'Kennzeichen' } }`. */
const translationsSchema = z.partialRecord(
  z.enum(['de', 'en']),
  z.record(z.string().max(5_000), z.string().max(5_000)),
);

/** A form as it is kept: Form.io JSON restricted to the profile. Its panels are the steps. */
export const formProfileSchema = z.strictObject({
  profile: z.literal(PROFILE),
  /** What other forms call this one by, when it is a part of them. */
  name: z.string().min(1).max(80).optional(),
  title: z.string().trim().min(1).max(200),
  display: z.enum(['wizard', 'form']).default('wizard'),
  components: z.array(componentSchema).min(1).max(300),
  i18n: translationsSchema.optional(),
});

export type FormProfile = z.infer<typeof formProfileSchema>;

/** What an applicant has written: any JSON object while it is a draft. */
export type Content = { readonly [key: string]: unknown };

/** Components directly inside one. */
export function childrenOf(component: Component): readonly Component[] {
  switch (component.type) {
    case 'columns':
      return component.columns.flatMap((column) => column.components);
    case 'panel':
    case 'fieldset':
    case 'container':
    case 'editgrid':
    case 'datagrid':
      return component.components;
    case 'form':
      return component.components ?? [];
    default:
      return [];
  }
}

/** The path under which the values of a component's children stand. */
export function scopeWithin(component: Component, scope: string): string {
  switch (component.type) {
    case 'container':
    case 'editgrid':
    case 'datagrid':
      return join(scope, component.key);
    case 'form':
      return join(scope, `${component.key}.data`);
    default:
      return scope;
  }
}

/** True for components whose values are rows. */
export function isRows(component: Component): component is Extract<Component, { type: 'editgrid' | 'datagrid' }> {
  return component.type === 'editgrid' || component.type === 'datagrid';
}

/** True for components that have a value of their own. */
export function isQuestion(component: Component): component is Exclude<Leaf, { type: 'content' | 'htmlelement' }> {
  return childrenOf(component).length === 0 && !NO_VALUE.has(component.type);
}

const NO_VALUE: ReadonlySet<string> = new Set([
  ...['content', 'htmlelement', 'panel', 'fieldset', 'columns', 'container', 'form'],
  ...['editgrid', 'datagrid'],
]);

/** A component with where it stands. */
export interface Placed {
  readonly component: Component;
  /** Path of its value in the content; rows have no index in it. */
  readonly path: string;
  /** Path under which its siblings' values stand. */
  readonly scope: string;
  readonly parents: readonly Component[];
}

/** Every component, parents before children. */
export function* walk(
  components: readonly Component[],
  scope = '',
  parents: readonly Component[] = [],
): Generator<Placed> {
  for (const component of components) {
    yield { component, path: join(scope, component.key), scope, parents };
    yield* walk(childrenOf(component), scopeWithin(component, scope), [...parents, component]);
  }
}

/** Two parts of a path. */
export function join(scope: string, key: string): string {
  return scope === '' ? key : `${scope}.${key}`;
}

/** Value at a dotted path. */
export function valueAt(content: Content, path: string): unknown {
  let value: unknown = content;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
