import { formErrors as de } from '../../locales/de/form-errors';
import { formErrors as en } from '../../locales/en/form-errors';
import { type FormErrors, formErrors as it } from '../../locales/it/form-errors';
import type { Language } from '../../locales/language';
import type { Component } from '../profile/components';
import { type FormProfile, walk } from '../profile/form';
import type { FormError } from './result';

const CATALOGUES: Readonly<Record<Language, FormErrors>> = { it, de, en };

/** Says in a language what is wrong with an answer and what to do. A form's own message goes before ours. */
export function sentenceOf(form: FormProfile, error: FormError, language: Language): string {
  return said(componentAt(form, error.path), error, language, (text) => translated(form, text, language));
}

/** The same in Italian for a question that stands alone. */
export function sentenceFor(question: Component, error: Omit<FormError, 'path'>): string {
  return said(question, { ...error, path: question.key }, 'it', (text) => text);
}

function said(
  component: Component | undefined,
  error: FormError,
  language: Language,
  translate: (text: string) => string,
): string {
  const own = ownMessage(component, error);
  if (own !== undefined) return translate(own);
  const label = translate(labelOf(component, error.path));
  const say = CATALOGUES[language][keyOf(component, error.rule)] as (params: Record<string, unknown>) => string;
  const { limit } = error.params;
  const said = typeof limit === 'number' ? { limit: new Intl.NumberFormat(language).format(limit) } : {};
  return say({ ...error.params, ...said, label });
}

/** The component whose value stands at a path of a content. */
export function componentAt(form: FormProfile, path: string): Component | undefined {
  const wanted = path.replace(/\.\d+(?=\.|$)/g, '');
  const candidates = [...walk(form.components)].filter((one) => one.path === wanted || `${one.path}.data` === wanted);
  return candidates[0]?.component;
}

/** A text of a form in a language, or as it is written. */
export function translated(form: FormProfile, text: string, language: Language): string {
  return language === 'it' ? text : (form.i18n?.[language]?.[text] ?? text);
}

function ownMessage(component: Component | undefined, { rule, params }: FormError): string | undefined {
  if (typeof params['text'] === 'string') return params['text'];
  // That nothing was answered is said with the question's name; how an answer must be, only the form knows better.
  if (rule === 'required' || rule === 'unknown' || !component || !('validate' in component)) return undefined;
  return component.validate?.customMessage;
}

function keyOf(component: Component | undefined, rule: string): keyof FormErrors {
  if (rule === 'required' && component) {
    if (component.type === 'checkbox') return 'mustAccept';
    if (component.type === 'file') return 'requiredFile';
    if (component.type === 'editgrid' || component.type === 'datagrid') return 'requiredRows';
    if (['radio', 'select', 'selectboxes'].includes(component.type)) return 'requiredChoice';
  }
  return Object.hasOwn(it, rule) ? (rule as keyof FormErrors) : 'pattern';
}

function labelOf(component: Component | undefined, path: string): string {
  if (!component) return path;
  if ('label' in component && component.label) return component.label;
  return 'title' in component ? component.title : component.key;
}
