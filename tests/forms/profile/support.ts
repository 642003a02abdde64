import type { LegalDate } from '../../../src/domain/ids';
import { processForm } from '../../../src/forms/engine/process-form';
import { sentenceOf } from '../../../src/forms/engine/sentences';
import { checkForm } from '../../../src/forms/profile/check';
import { type Content, type FormProfile, formProfileSchema } from '../../../src/forms/profile/form';
import type { Language } from '../../../src/locales/language';

export const TODAY = '2026-11-30' as LegalDate;

/** A component with the attributes that a test does not care about. */
export function component(type: string, key: string, more: object = {}): object {
  return { type, key, ...(UNLABELLED.has(type) ? {} : { label: key }), ...more };
}

const UNLABELLED: ReadonlySet<string> = new Set([
  ...['panel', 'fieldset', 'columns', 'container', 'form', 'content', 'htmlelement', 'hidden'],
]);

/** A form of the profile that may be published. */
export function formOf(...components: readonly object[]): FormProfile {
  return publishable({ profile: '1.0', title: 'Prova', components });
}

/** The same, with everything that a form can have. */
export function publishable(given: object): FormProfile {
  const form = formProfileSchema.parse(given);
  expect(checkForm(form)).toEqual([]);
  return form;
}

/** What a form makes of a content: the content in normal form, and its errors as `path: rule`. */
export function judged(
  form: FormProfile,
  content: Content,
): { readonly content: Content; readonly errors: readonly string[] } {
  const { content: clean, errors } = processForm(form, content, TODAY);
  return { content: clean, errors: errors.map(({ path, rule }) => `${path}: ${rule}`) };
}

/** What people are told. */
export function sentences(form: FormProfile, content: Content, language: Language = 'it'): readonly string[] {
  return processForm(form, content, TODAY).errors.map((error) => sentenceOf(form, error, language));
}

/** Two options, `work` and `home`. */
export const OPTIONS = [
  { value: 'work', label: 'Lavoro' },
  { value: 'home', label: 'Casa' },
];
