import { z } from 'zod';
import type { LegalDate } from '../../domain/ids';
import { isPluginName, plugin } from '../plugins';
import type { Component, Leaf } from '../profile/components';
import { matches } from '../profile/patterns';
import type { FormError } from './result';

/** A component that has an answer. */
export type Question = Exclude<Leaf, { type: 'content' | 'htmlelement' }>;

/** A value in normal form, or the rule that it breaks. An empty one is `undefined`: whether it may be is asked later. */
export type Normal = { readonly value: unknown } | { readonly error: Omit<FormError, 'path'> };

/** Longest text where a question sets no limit. */
const LONGEST_LINE = 500;
const LONGEST_TEXT = 5_000;

const isoDate = z.iso.date();
const emailAddress = z.email().max(254);
const attachmentId = z.uuid();

/** The normal form of what was given for one question, judged by its type, its options, its pattern and its plug-ins. */
export function normalForm(question: Question, given: unknown, today: LegalDate): Normal {
  const value = typeof given === 'string' ? given.trim() : given;
  if (value === undefined || value === null || value === '') return { value: emptyValue(question) };
  switch (question.type) {
    case 'textfield':
    case 'textarea':
      return textOf(question, value, today);
    case 'email':
      return textOf(question, value, today, (text) => (emailAddress.safeParse(text).success ? undefined : 'email'));
    case 'phoneNumber':
      return textOf(question, typeof value === 'string' ? value.replace(/[\s./-]/g, '') : value, today, (text) =>
        /^\+?[0-9]{6,20}$/.test(text) ? undefined : 'phone',
      );
    case 'url':
      return textOf(question, value, today, (text) => (isWebAddress(text) ? undefined : 'url'));
    case 'day':
    case 'datetime':
      return textOf(question, value, today, (text) => (isoDate.safeParse(text).success ? undefined : 'date'));
    case 'time':
      return textOf(question, value, today, (text) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? undefined : 'time'));
    case 'number':
    case 'currency':
      return numberOf(question, value);
    case 'checkbox':
      return typeof value === 'boolean' ? { value } : broken('boolean');
    case 'radio':
      return optionOf(question.values, value);
    case 'select':
      return selectionOf(question, value);
    case 'selectboxes':
      return boxesOf(question, value);
    case 'file':
      return filesOf(question, value);
    case 'hidden':
      return ['string', 'number', 'boolean'].includes(typeof value) ? { value } : broken('text');
  }
}

type Text = Extract<
  Question,
  { type: 'textfield' | 'textarea' | 'email' | 'phoneNumber' | 'url' | 'day' | 'datetime' | 'time' }
>;

function textOf(
  question: Text,
  value: unknown,
  today: LegalDate,
  formOf?: (text: string) => string | undefined,
): Normal {
  if (typeof value !== 'string') return broken('text');
  const checks = question.validate;
  const longest =
    (checks && 'maxLength' in checks ? checks.maxLength : undefined) ??
    (question.type === 'textarea' ? LONGEST_TEXT : LONGEST_LINE);
  // Before anything looks at it: a check may cost more than proportional time.
  if (value.length > longest + 50) return broken('tooLong', { max: longest, length: value.length });
  let text = cased(question, value);
  for (const name of checks?.plugins ?? []) if (isPluginName(name)) text = plugin(name).normalize(text);
  if (text.length > longest) return broken('tooLong', { max: longest, length: text.length });
  const badForm = formOf?.(text);
  if (badForm) return broken(badForm);
  const bad = (checks?.plugins ?? []).find((name) => isPluginName(name) && !plugin(name).accepts(text, today));
  if (bad) return broken(bad);
  if (checks && 'pattern' in checks && checks.pattern !== undefined && !matches(checks.pattern, text)) {
    return broken('pattern');
  }
  return { value: text };
}

function cased(question: Text, text: string): string {
  const wanted = 'case' in question ? question.case : undefined;
  if (wanted === 'uppercase') return text.toUpperCase();
  return wanted === 'lowercase' ? text.toLowerCase() : text;
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && hostname.includes('.');
}

function numberOf(question: Extract<Question, { type: 'number' | 'currency' }>, value: unknown): Normal {
  if (typeof value !== 'number' || !Number.isFinite(value)) return broken('number');
  const decimals = question.decimalLimit ?? (question.type === 'currency' ? 2 : undefined);
  if (decimals !== undefined) {
    const scale = 10 ** decimals;
    if (Math.round(value * scale) / scale !== value) return broken('decimals', { max: decimals });
  }
  return { value };
}

function optionOf(options: readonly { readonly value: string }[], value: unknown): Normal {
  return options.some((option) => option.value === value) ? { value } : broken('option');
}

function selectionOf(question: Extract<Question, { type: 'select' }>, value: unknown): Normal {
  const known = 'values' in question.data ? question.data.values : undefined;
  const one = (item: unknown) =>
    typeof item === 'string' && item.length <= 200 && (!known || known.some((option) => option.value === item));
  if (!question.multiple) return one(value) ? { value } : broken('option');
  if (!Array.isArray(value) || value.length > 100 || !value.every(one)) return broken('option');
  return { value: value.length === 0 ? undefined : [...new Set(value)] };
}

function boxesOf(question: Extract<Question, { type: 'selectboxes' }>, value: unknown): Normal {
  const given = z.record(z.string(), z.boolean()).safeParse(value);
  if (!given.success) return broken('option');
  const strangers = Object.keys(given.data).filter((name) => !question.values.some((option) => option.value === name));
  if (strangers.length > 0) return broken('option');
  return { value: boxes(question, given.data) };
}

/** What stands for no answer: boxes that nobody ticked are one, too. */
export function emptyValue(question: Question): unknown {
  return question.type === 'selectboxes' ? boxes(question, {}) : undefined;
}

function boxes({ values }: Extract<Question, { type: 'selectboxes' }>, ticked: Readonly<Record<string, boolean>>) {
  return Object.fromEntries(values.map((option) => [option.value, ticked[option.value] === true]));
}

function filesOf(question: Extract<Question, { type: 'file' }>, value: unknown): Normal {
  const ids = z.array(attachmentId).safeParse(value);
  if (!ids.success) return broken('file');
  // Named twice, a file is still one.
  const files = [...new Set(ids.data.map((id) => id.toLowerCase()))];
  const most = question.validate?.maxFiles ?? (question.multiple ? 20 : 1);
  if (files.length > most) return broken('tooManyFiles', { max: most });
  return { value: files.length === 0 ? undefined : files };
}

function broken(rule: string, params: FormError['params'] = {}): Normal {
  return { error: { rule, params } };
}

/** The question, when a component is one. */
export function asQuestion(component: Component): Question | undefined {
  switch (component.type) {
    case 'content':
    case 'htmlelement':
    case 'panel':
    case 'fieldset':
    case 'columns':
    case 'container':
    case 'editgrid':
    case 'datagrid':
    case 'form':
      return undefined;
    default:
      return component;
  }
}
