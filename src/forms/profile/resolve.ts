import type { Component } from './components';
import type { FormProfile } from './form';
import { join, scopeWithin } from './form';
import { renameVariables } from './logic';

/** Form parts nested deeper than this contain themselves, or should not exist. */
const DEEPEST = 5;

/** Why a form part could not be put in. */
export class UnresolvedPart extends Error {
  override readonly name = 'UnresolvedPart';
  constructor(
    readonly path: string,
    readonly part: string,
    readonly reason: 'unknown' | 'recursive',
  ) {
    super(
      reason === 'unknown'
        ? `there is no form part ${part} (${path})`
        : `the form part ${part} contains itself (${path})`,
    );
  }
}

/**
 * Puts the components of every form part where it is named, so that a published form depends on nothing. What a part's
 * conditions and expressions call `data.x` means its own data: they are rewritten to where these stand.
 * @param partOf components of a part by its name, undefined when there is none
 * @throws UnresolvedPart naming the path and the part
 */
export function resolveParts(
  form: FormProfile,
  partOf: (name: string) => readonly Component[] | undefined,
): FormProfile {
  return { ...form, components: resolved(form.components, { scope: '', root: '', open: [] }, partOf) };
}

interface Place {
  /** Where the values stand. */
  readonly scope: string;
  /** Where the data of the innermost part stand. */
  readonly root: string;
  /** Parts that are being put in. */
  readonly open: readonly string[];
}

function resolved(
  components: readonly Component[],
  place: Place,
  partOf: (name: string) => readonly Component[] | undefined,
): Component[] {
  const inside = (component: Component, children: readonly Component[]): Component[] =>
    resolved(children, { ...place, scope: scopeWithin(component, place.scope) }, partOf);
  return components.map((given): Component => {
    const component = rooted(given, place.root);
    switch (component.type) {
      case 'columns':
        return {
          ...component,
          columns: component.columns.map((column) => ({ components: inside(component, column.components) })),
        };
      case 'panel':
      case 'fieldset':
      case 'container':
      case 'editgrid':
      case 'datagrid':
        return { ...component, components: inside(component, component.components) };
      case 'form': {
        const path = join(place.scope, component.key);
        if (place.open.includes(component.form) || place.open.length >= DEEPEST) {
          throw new UnresolvedPart(path, component.form, 'recursive');
        }
        const part = component.components ?? partOf(component.form);
        if (!part) throw new UnresolvedPart(path, component.form, 'unknown');
        const root = scopeWithin(component, place.scope);
        return {
          ...component,
          components: resolved(part, { scope: root, root, open: [...place.open, component.form] }, partOf),
        };
      }
      default:
        return component;
    }
  });
}

/** A component of a part with its references made to begin at the whole form's data. */
function rooted(component: Component, root: string): Component {
  if (root === '') return component;
  const absolute = (variable: string) =>
    variable.startsWith('data.') ? `data.${root}.${variable.slice('data.'.length)}` : variable;
  const logic = <T>(expression: T): T => renameVariables(expression, absolute) as T;
  const { conditional } = component;
  const moved: Record<string, unknown> = {};
  if (conditional) {
    if ('json' in conditional) moved['conditional'] = { json: logic(conditional.json) };
    else if ('when' in conditional) moved['conditional'] = { ...conditional, when: join(root, conditional.when) };
    else {
      const conditions = conditional.conditions.map((one) => ({ ...one, component: join(root, one.component) }));
      moved['conditional'] = { ...conditional, conditions };
    }
  }
  if ('calculateValue' in component && component.calculateValue)
    moved['calculateValue'] = logic(component.calculateValue);
  if ('validate' in component && component.validate && 'json' in component.validate && component.validate.json) {
    moved['validate'] = { ...component.validate, json: logic(component.validate.json) };
  }
  return { ...component, ...moved } as Component;
}
