import { isPluginName, PLUGIN_NAMES } from '../plugins';
import type { Component } from './components';
import { type FormProfile, isQuestion, isRows, type Placed, walk } from './form';
import { partsOfLogic } from './logic';
import { patternTrouble } from './patterns';

/** Something in a form that its schema can't see: where, which rule, what to do about it. */
export interface FormDefect {
  /** Path of the component. */
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

const DEEPEST_LOGIC = 30;

/** What is wrong with a form whose parts have been put in; nothing for one that may be published. */
export function checkForm(form: FormProfile): readonly FormDefect[] {
  const placed = [...walk(form.components)];
  const values = new Map<string, Placed>();
  const defects: FormDefect[] = [];
  for (const one of placed) {
    if (!hasValue(one.component)) continue;
    if (values.has(one.path)) {
      defects.push(defect(one, 'duplicateKey', `two questions keep their value at ${one.path}: rename one key`));
    }
    values.set(one.path, one);
  }
  for (const one of placed) defects.push(...defectsOf(one, values));
  return [...defects, ...missingTranslations(form, placed)];
}

function hasValue(component: Component): boolean {
  return isQuestion(component) || isRows(component) || component.type === 'container' || component.type === 'form';
}

function defectsOf(one: Placed, values: ReadonlyMap<string, Placed>): FormDefect[] {
  const { component } = one;
  return [
    ...conditionDefects(one, values),
    ...('calculateValue' in component ? logicDefects(one, component.calculateValue, 'calculateValue', values) : []),
    ...('validate' in component ? checkDefects(one, values) : []),
    ...('values' in component ? duplicateOptions(one, component.values) : []),
    ...(component.type === 'select' && 'values' in component.data ? duplicateOptions(one, component.data.values) : []),
    ...(component.type === 'form' && !component.components
      ? [defect(one, 'unresolvedPart', `the form part ${component.form} was not put in`)]
      : []),
  ];
}

function conditionDefects(one: Placed, values: ReadonlyMap<string, Placed>): FormDefect[] {
  const { conditional } = one.component;
  if (!conditional) return [];
  if ('json' in conditional) return logicDefects(one, conditional.json, 'conditional.json', values);
  const named = 'when' in conditional ? [conditional.when] : conditional.conditions.map(({ component }) => component);
  return named
    .filter((path) => !values.has(path))
    .map((path) =>
      defect(one, 'unknownReference', `the condition looks at ${path}, which is no question of this form`),
    );
}

function checkDefects(one: Placed, values: ReadonlyMap<string, Placed>): FormDefect[] {
  const { component } = one;
  const validate = (('validate' in component ? component.validate : undefined) ?? {}) as Checks;
  const defects: FormDefect[] = [...logicDefects(one, validate.json, 'validate.json', values)];
  if (validate.pattern !== undefined) {
    const why = patternTrouble(validate.pattern);
    if (why) {
      const message = `the pattern can't be used: ${why}; look-around and back-references do not exist here`;
      defects.push(defect(one, 'pattern', message));
    }
  }
  for (const name of validate.plugins ?? []) {
    if (isPluginName(name)) continue;
    defects.push(defect(one, 'unknownPlugin', `there is no check ${name}: use one of ${PLUGIN_NAMES.join(', ')}`));
  }
  return defects;
}

/** Of the checks of any question, those that name something. */
interface Checks {
  readonly json?: unknown;
  readonly pattern?: string | undefined;
  readonly plugins?: readonly string[] | undefined;
}

function logicDefects(
  one: Placed,
  logic: unknown,
  attribute: string,
  values: ReadonlyMap<string, Placed>,
): FormDefect[] {
  if (logic === undefined) return [];
  const { variables, unknown, depth } = partsOfLogic(logic);
  const defects = unknown.map((operator) =>
    defect(
      one,
      'unknownOperator',
      `${attribute} uses ${operator}, which is no operator of JsonLogic that forms may use`,
    ),
  );
  if (depth > DEEPEST_LOGIC)
    defects.push(defect(one, 'tooDeep', `${attribute} is nested deeper than ${DEEPEST_LOGIC}`));
  for (const variable of variables) {
    if (!isKnown(variable, one, values)) {
      const message = `${attribute} reads ${variable}, which is no question of this form (write data.<path>, row.<key> or value)`;
      defects.push(defect(one, 'unknownReference', message));
    }
  }
  return defects;
}

function isKnown(variable: string, one: Placed, values: ReadonlyMap<string, Placed>): boolean {
  if (variable === 'value') return true;
  if (variable.startsWith('data.')) return values.has(variable.slice('data.'.length));
  if (!variable.startsWith('row.')) return false;
  return values.has(one.scope === '' ? variable.slice('row.'.length) : `${one.scope}.${variable.slice('row.'.length)}`);
}

function duplicateOptions(one: Placed, options: readonly { readonly value: string }[]): FormDefect[] {
  const seen = new Set<string>();
  const twice = options.filter(({ value }) => seen.size === seen.add(value).size);
  return twice.map(({ value }) => defect(one, 'duplicateOption', `the option ${value} is there twice`));
}

/** Texts that a form begun to be translated does not have in a language. */
function missingTranslations({ i18n, title }: FormProfile, placed: readonly Placed[]): FormDefect[] {
  if (!i18n) return [];
  const texts = new Set([title, ...placed.flatMap(({ component }) => textsOf(component))]);
  return Object.entries(i18n).flatMap(([language, known]) =>
    [...texts]
      .filter((text) => !Object.hasOwn(known, text))
      .map((text) => ({ path: `i18n.${language}`, rule: 'missingTranslation', message: `not translated: ${text}` })),
  );
}

/** What people read of a component, children left out. */
export function textsOf(component: Component): readonly string[] {
  const texts: (string | undefined)[] = [];
  if ('label' in component) texts.push(component.label);
  if ('description' in component) texts.push(component.description);
  if ('placeholder' in component) texts.push(component.placeholder);
  if ('validate' in component) texts.push(component.validate?.customMessage);
  if ('values' in component) texts.push(...component.values.map((option) => option.label));
  switch (component.type) {
    case 'select':
      if ('values' in component.data) texts.push(...component.data.values.map((option) => option.label));
      break;
    case 'panel':
      texts.push(component.title);
      break;
    case 'fieldset':
      texts.push(component.legend);
      break;
    case 'editgrid':
    case 'datagrid':
      texts.push(component.rowLabel);
      break;
    case 'content':
      texts.push(component.html);
      break;
    case 'htmlelement':
      texts.push(component.content);
      break;
    default:
  }
  return texts.filter((text) => text !== undefined && text !== '') as string[];
}

function defect({ path }: Placed, rule: string, message: string): FormDefect {
  return { path, rule, message };
}
