import type { FieldError } from '../domain/errors';
import type { LegalDate } from '../domain/ids';
import { normalForm, type Question } from './engine/normal-form';
import { processForm } from './engine/process-form';
import { sentenceFor, sentenceOf } from './engine/sentences';
import type { Content, FormProfile } from './profile/form';

/** Result of checking a content: the values in normal form, or what is wrong with each question. */
export type Checked =
  | { readonly ok: true; readonly content: Record<string, unknown> }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Checks a whole content against its form. What the form does not have is refused, not dropped: what the applicant wrote
 * is either in the application or told to be wrong.
 * @param pathPrefix is put before every path
 * @param today date in Rome, against which days are judged
 */
export function checkContent(form: FormProfile, content: Content, pathPrefix: string, today: LegalDate): Checked {
  const judged = judgeContent(form, content, pathPrefix, today);
  return judged.errors.length === 0 ? { ok: true, content: judged.content } : { ok: false, errors: judged.errors };
}

/** The same, with what could be read of a content that is not right. */
export function judgeContent(
  form: FormProfile,
  content: Content,
  pathPrefix: string,
  today: LegalDate,
): { readonly content: Record<string, unknown>; readonly errors: readonly FieldError[] } {
  const judged = processForm(form, content, today);
  const errors = judged.errors.map((error) => {
    return { path: `${pathPrefix}${error.path}`, rule: error.rule, message: sentenceOf(form, error, 'it') };
  });
  return { content: judged.content, errors };
}

/** Checks one answer by itself, whatever stands around its question; an empty one is wrong where it must be given. */
export function checkAnswer(
  question: Question,
  given: unknown,
  today: LegalDate,
): { readonly value: unknown } | { readonly error: Omit<FieldError, 'path'> } {
  const normal = normalForm(question, given, today);
  const error = 'error' in normal ? normal.error : limitBroken(question, normal.value);
  if (error) return { error: { rule: error.rule, message: sentenceFor(question, error) } };
  return { value: 'value' in normal ? normal.value : undefined };
}

/** What the engine judges in a whole form, for a question that stands alone. */
function limitBroken(question: Question, value: unknown) {
  const checks: Limits = ('validate' in question ? question.validate : undefined) ?? {};
  if (isNothing(question, value)) return checks.required ? { rule: 'required', params: {} } : undefined;
  if (typeof value === 'string' && checks.minLength !== undefined && value.length < checks.minLength) {
    return { rule: 'tooShort', params: { limit: checks.minLength } };
  }
  if (typeof value !== 'number') return undefined;
  if (checks.min !== undefined && value < checks.min) return { rule: 'tooSmall', params: { limit: checks.min } };
  if (checks.max !== undefined && value > checks.max) return { rule: 'tooLarge', params: { limit: checks.max } };
  return undefined;
}

interface Limits {
  readonly required?: boolean | undefined;
  readonly minLength?: number | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

function isNothing(question: Question, value: unknown): boolean {
  if (value === undefined) return true;
  if (question.type === 'checkbox') return value !== true;
  return question.type === 'selectboxes' && !Object.values(value as object).includes(true);
}
