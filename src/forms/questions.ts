import { type Question as AnyQuestion, asQuestion } from './engine/normal-form';
import type { Component } from './profile/components';
import { type Content, childrenOf, type FormProfile, isRows, join, scopeWithin, valueAt, walk } from './profile/form';

/** What people are asked; hidden values are nobody's question. */
export type Question = Exclude<AnyQuestion, { type: 'hidden' }>;

/** A question with the path of its answer; those of rows have no number in it: `vehicles.plate`. */
export interface Asked {
  readonly path: string;
  readonly question: Question;
  /** True when there is an answer for each row. */
  readonly inRows: boolean;
}

const known = new WeakMap<FormProfile, readonly Asked[]>();

/** Every question of a form, in its order. Hidden values, which nobody is asked for, are left out. */
export function questionsOf(form: FormProfile): readonly Asked[] {
  const found = known.get(form) ?? [...walk(form.components)].flatMap(placed);
  known.set(form, found);
  return found;
}

function placed({
  component,
  path,
  parents,
}: {
  component: Component;
  path: string;
  parents: readonly Component[];
}): Asked[] {
  const question = asQuestion(component);
  if (!question || question.type === 'hidden') return [];
  return [{ path, question, inRows: parents.some(isRows) }];
}

/** The question at a path, if there is one. */
export function questionAt(form: FormProfile, path: string): Question | undefined {
  return questionsOf(form).find((one) => one.path === path)?.question;
}

/** The same question, of whoever must answer it. */
export function mustBeAnswered(question: Question): Question {
  return { ...question, validate: { ...question.validate, required: true } } as Question;
}

/** An answer in a content, and what it answers. */
export interface Answer {
  /** Where it stands, rows by their number from 0: `vehicles.1.plate`. */
  readonly path: string;
  /** The path of its question: `vehicles.plate`. */
  readonly field: string;
  readonly question: Question;
  readonly value: unknown;
  /** Which row it is of: «Veicolo 2»; absent outside of rows. */
  readonly row?: string;
}

/** The questions of a content with their answers, row by row, in the order of the form; unanswered ones too. */
export function answersOf(components: readonly Component[], content: Content, at: Place = WHOLE): readonly Answer[] {
  const { scope, field, row } = at;
  return components.flatMap((component): readonly Answer[] => {
    const path = join(scope, component.key);
    const question = asQuestion(component);
    if (question) {
      if (question.type === 'hidden') return [];
      const value = valueAt(content, path);
      return [{ path, field: join(field, component.key), question, value, ...(row === undefined ? {} : { row }) }];
    }
    const children = childrenOf(component);
    const within = { ...at, field: scopeWithin(component, field) };
    if (!isRows(component)) return answersOf(children, content, { ...within, scope: scopeWithin(component, scope) });
    const rows = valueAt(content, path);
    return (Array.isArray(rows) ? rows : []).flatMap((_row, index) => {
      const name = `${component.rowLabel ?? component.label} ${index + 1}`;
      return answersOf(children, content, { ...within, scope: join(path, String(index)), row: name });
    });
  });
}

interface Place {
  readonly scope: string;
  readonly field: string;
  readonly row?: string | undefined;
}

const WHOLE: Place = { scope: '', field: '' };

/** An answer as people read it: the label of a choice, sì/no, an Italian date, an amount in euros. */
export function displayValue(question: Question, value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  switch (question.type) {
    case 'radio':
      return labelOf(question.values, value);
    case 'select': {
      const options = 'values' in question.data ? question.data.values : [];
      return (Array.isArray(value) ? value : [value]).map((one) => labelOf(options, one)).join(', ') || '—';
    }
    case 'selectboxes': {
      const ticked = question.values.filter((option) => (value as Record<string, unknown>)[option.value] === true);
      return ticked.map((option) => option.label).join(', ') || '—';
    }
    case 'checkbox':
      return value === true ? 'Sì' : 'No';
    case 'number':
      return String(value).replace('.', ',');
    case 'currency':
      return typeof value === 'number' ? `${value.toFixed(2).replace('.', ',')} €` : String(value);
    case 'day':
    case 'datetime':
      return String(value).split('-').reverse().join('/');
    default:
      return String(value);
  }
}

function labelOf(options: readonly { readonly value: string; readonly label: string }[], value: unknown): string {
  return options.find((option) => option.value === value)?.label ?? String(value);
}

/** A step of a form: a panel, or what stands outside of all panels under the form's own title. */
export interface Step {
  readonly key: string;
  readonly title: string;
  readonly components: readonly Component[];
}

/** The steps of a form in their order. Panels further inside belong to their step. */
export function stepsOf(form: FormProfile): readonly Step[] {
  const steps: { key: string; title: string; components: Component[] }[] = [];
  for (const component of form.components) {
    const last = steps.at(-1);
    if (component.type === 'panel') steps.push({ key: component.key, title: component.title, components: [component] });
    else if (last?.components.every(({ type }) => type !== 'panel')) last.components.push(component);
    else steps.push({ key: component.key, title: form.title, components: [component] });
  }
  return steps;
}
