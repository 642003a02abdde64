import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { type FieldError, RefusedError, refusal } from '../domain/errors';

/** Deeper than any form of ours; PostgreSQL and our own digests recurse. */
const MAX_DEPTH = 20;

/** Validates requests with zod and says what is wrong in Italian, with our own rule names instead of the library's. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data: unknown) => {
    if (httpPart === 'body' && (data === undefined || data === null) && !schema.safeParse(data).success) {
      return { error: new RefusedError(refusal('MALFORMED_BODY', { reason: 'il corpo è vuoto' })) };
    }
    const unfit = unstorable(data);
    if (unfit) return { error: new RefusedError(refusal('VALIDATION_FAILED'), [unfit]) };
    const parsed = schema.safeParse(data);
    if (parsed.success) return { value: parsed.data };
    const fields = parsed.error.issues.flatMap((issue) => fieldErrors(issue, data));
    return { error: new RefusedError(refusal('VALIDATION_FAILED'), fields) };
  };

/**
 * Text that PostgreSQL can't keep (NUL, halves of a character) and values nested too deep are refused here, where the
 * place can be named: further in they would be an unforeseen error.
 */
function unstorable(data: unknown): FieldError | undefined {
  const todo: { readonly path: readonly string[]; readonly value: unknown }[] = [{ path: [], value: data }];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && hasUnstorableText(value)) return characters(path);
    if (value === null || typeof value !== 'object') continue;
    if (path.length >= MAX_DEPTH) {
      const message = `Il valore è annidato troppo in profondità: al massimo ${MAX_DEPTH} livelli.`;
      return { path: path.join('.'), rule: 'tooDeep', message };
    }
    for (const [key, member] of Object.entries(value)) {
      if (hasUnstorableText(key)) return characters(path);
      todo.push({ path: [...path, key], value: member });
    }
  }
  return undefined;
}

function hasUnstorableText(text: string): boolean {
  return text.includes('\u0000') || /\p{Surrogate}/u.test(text);
}

function characters(path: readonly string[]): FieldError {
  return {
    path: path.join('.'),
    rule: 'characters',
    message: 'Il testo contiene caratteri che non si possono conservare: riscrivilo.',
  };
}

function fieldErrors(issue: z.core.$ZodIssue, data: unknown): FieldError[] {
  const path = issue.path.map(String);
  const error = (rule: string, message: string): FieldError[] => [{ path: path.join('.'), rule, message }];
  // Of an element of a list, the list has the name.
  const name = [...path].reverse().find((part) => !/^\d+$/.test(part)) ?? 'corpo';
  switch (issue.code) {
    case 'invalid_type':
      return valueAt(data, path) === undefined
        ? error('required', `Manca "${name}".`)
        : error('type', `"${name}" deve essere ${TYPES[issue.expected] ?? 'di un altro tipo'}.`);
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? error('required', `"${name}" non può essere vuoto.`)
        : error('tooSmall', `"${name}" deve ${amount(issue.origin, `almeno ${issue.minimum}`)}.`);
    case 'too_big':
      return error('tooBig', `"${name}" ${amount(issue.origin, `al massimo ${issue.maximum}`, 'può')}.`);
    case 'invalid_format':
      return error('format', `"${name}" deve essere ${FORMATS[issue.format] ?? 'scritto in un’altra forma'}.`);
    case 'invalid_value':
      return valueAt(data, path) === undefined
        ? error('required', `Manca "${name}".`)
        : error('choice', `"${name}" può essere solo: ${issue.values.map(String).join(', ')}.`);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key].join('.'),
        rule: 'unknown',
        message: `"${key}" qui non esiste: controlla il nome.`,
      }));
    default:
      return error('invalid', `"${name}" non è corretto.`);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'un testo',
  number: 'un numero',
  int: 'un numero intero',
  boolean: 'vero o falso',
  array: 'un elenco',
  object: 'un oggetto',
  record: 'un oggetto',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'un identificativo (UUID)',
  url: 'un indirizzo http o https',
  date: 'una data (AAAA-MM-GG)',
  email: 'un indirizzo e-mail (nome@esempio.it)',
};

function amount(origin: string, bound: string, may = ''): string {
  const verb = (infinitive: string) => (may ? `${may} ${infinitive}` : infinitive);
  if (origin === 'string') return `${verb('avere')} ${bound} caratteri`;
  if (origin === 'array') return `${verb('avere')} ${bound} elementi`;
  return `${verb('essere')} ${bound}`;
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      value !== null && typeof value === 'object' && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : // A parameter that may be repeated, given once, is a text and not yet a list.
          typeof value === 'string' && key === '0'
          ? value
          : undefined,
    data,
  );
}
