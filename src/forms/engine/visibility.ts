import { DefaultEvaluator, registerEvaluator } from '@formio/core/utils';
import type { Component } from '../profile/components';
import { type Content, childrenOf, isRows, join, scopeWithin, valueAt } from '../profile/form';
import { conditionLogic } from './core-form';

// A form is data: whatever in one looks like code is never run, whoever wrote it.
const evaluator = new DefaultEvaluator({ noeval: true });
registerEvaluator(evaluator);

export interface Seen {
  /** Paths of all components that are shown. */
  readonly visible: ReadonlySet<string>;
  /** True when something that is hidden, and should be cleared, still has a value. */
  readonly leftover: boolean;
}

interface Place {
  /** Where the values stand, rows by their number. */
  readonly scope: string;
  /** The innermost rows around: their path without numbers, and the row. */
  readonly rows: string;
  readonly row: unknown;
}

/** `away` is what a builder has put away for good: it keeps its value. `hidden` is what a condition hides now. */
type State = 'shown' | 'hidden' | 'away';

/** What of a form is shown for a content. */
export function look(components: readonly Component[], content: Content): Seen {
  const visible = new Set<string>();
  let leftover = false;
  const visit = (component: Component, { scope, rows, row }: Place, around: State): void => {
    const path = join(scope, component.key);
    const state = stateOf(component, around, () => holds(component, rows, content, row));
    if (state === 'shown') visible.add(path);
    if (state === 'hidden' && goesWhenHidden(component) && valueAt(content, path) !== undefined) leftover = true;
    const children = childrenOf(component);
    if (!isRows(component)) {
      for (const child of children) visit(child, { scope: scopeWithin(component, scope), rows, row }, state);
      return;
    }
    const given = valueAt(content, path);
    for (const [index, one] of (Array.isArray(given) ? given : []).entries()) {
      const within = { scope: join(path, String(index)), rows: path.replace(/\.\d+(?=\.|$)/g, ''), row: one };
      for (const child of children) visit(child, within, state);
    }
  };
  for (const component of components) visit(component, { scope: '', rows: '', row: content }, 'shown');
  return { visible, leftover };
}

function stateOf(component: Component, around: State, condition: () => boolean): State {
  if (around !== 'shown') return around;
  if (component.hidden) return 'away';
  return condition() ? 'shown' : 'hidden';
}

/** True for questions whose value goes when they are hidden. */
function goesWhenHidden(component: Component): boolean {
  if (childrenOf(component).length > 0 && !isRows(component)) return false;
  return !('clearOnHide' in component && component.clearOnHide === false);
}

function holds(component: Component, rows: string, content: Content, row: unknown): boolean {
  const logic = conditionLogic(component, rows);
  return logic === undefined || Boolean(evaluator.evaluate(logic as never, { data: content, row }));
}
