import { z } from 'zod';
import type { FieldError } from '../domain/errors';
import { isPlate, normalizePlate } from '../domain/people/plate';
import { isTaxCode, normalizeTaxCode } from '../domain/people/tax-code';
import { type Field, type Form, type FormContent, fieldsOf, valueAt } from './form';

/** Result of checking a content: the values in normal form, or what is wrong with each field. */
export type Checked =
  | { readonly ok: true; readonly content: Record<string, Record<string, unknown>> }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Checks a whole content against its form. Unknown sections and fields are refused, not dropped: what the applicant
 * wrote is either in the application or told to be wrong. `pathPrefix` is put before every path.
 */
export function checkContent(form: Form, content: FormContent, pathPrefix: string): Checked {
  const errors: FieldError[] = [];
  const clean: Record<string, Record<string, unknown>> = {};
  for (const { path, field } of fieldsOf(form)) {
    const [section = '', key = ''] = path.split('.');
    const checked = checkField(field, valueAt(content, path));
    if ('error' in checked) errors.push({ path: `${pathPrefix}${path}`, ...checked.error });
    else if (checked.value !== undefined) clean[section] = { ...clean[section], [key]: checked.value };
  }
  const all = [...errors, ...unexpected(form, content, pathPrefix).slice(0, MAX_UNEXPECTED)];
  return all.length > 0 ? { ok: false, errors: all } : { ok: true, content: clean };
}

/** A body of one megabyte holds a hundred thousand keys: nobody reads as many errors. */
const MAX_UNEXPECTED = 100;

type FieldResult = { readonly value: unknown } | { readonly error: Omit<FieldError, 'path'> };

/** Checks one value; an empty one is an error only where the field is required. */
export function checkField(field: Field, given: unknown): FieldResult {
  const value = typeof given === 'string' ? given.trim() : given;
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return field.required ? fail('required', `Compila "${field.label}".`) : { value: undefined };
  }
  switch (field.type) {
    case 'text':
      if (typeof value !== 'string') return notText(field);
      if (value.length > field.maxLength) {
        return fail(
          'tooLong',
          `"${field.label}" può avere al massimo ${field.maxLength} caratteri: ora sono ${value.length}.`,
        );
      }
      return { value };
    case 'taxCode': {
      if (typeof value !== 'string') return notText(field);
      const code = normalizeTaxCode(value);
      return isTaxCode(code)
        ? { value: code }
        : fail(
            'taxCode',
            'Il codice fiscale non è corretto: deve avere 16 caratteri e il carattere di controllo giusto.',
          );
    }
    case 'email':
      return z.email().max(254).safeParse(value).success
        ? { value }
        : fail('email', "L'indirizzo e-mail non è corretto: scrivilo come nome@esempio.it.");
    case 'phone': {
      const number = typeof value === 'string' ? value.replace(/ /g, '') : '';
      return /^\+?[0-9]{6,20}$/.test(number)
        ? { value: number }
        : fail('phone', 'Il numero di telefono può avere solo cifre, spazi e il + iniziale (da 6 a 20).');
    }
    case 'plate': {
      if (typeof value !== 'string') return notText(field);
      const plate = normalizePlate(value);
      return isPlate(plate) ? { value: plate } : fail('plate', 'La targa non è corretta: scrivila come AB123CD.');
    }
    case 'date':
      return z.iso.date().safeParse(value).success
        ? { value }
        : fail('date', `"${field.label}" deve essere una data esistente, scritta come 2026-11-24.`);
    case 'boolean':
      if (typeof value !== 'boolean') return fail('boolean', `"${field.label}" può essere solo vero o falso.`);
      return field.mustBeTrue && !value ? fail('mustAccept', `Devi accettare: ${field.label}.`) : { value };
    case 'choice':
      return field.options.some((option) => option.value === value)
        ? { value }
        : fail('choice', `Scegli per "${field.label}" uno di: ${field.options.map((o) => o.value).join(', ')}.`);
    case 'number':
      return checkNumber(field, value);
    case 'file':
      return checkFiles(field, value);
  }
}

function checkNumber(field: Field & { type: 'number' }, value: unknown): FieldResult {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return fail('number', `"${field.label}" deve essere un numero.`);
  }
  if (value < field.min || value > field.max) {
    return fail('range', `"${field.label}" deve essere tra ${field.min} e ${field.max}.`);
  }
  const scale = 10 ** field.decimals;
  if (Math.round(value * scale) / scale !== value) {
    const rule = field.decimals === 0 ? 'senza decimali' : `con al massimo ${field.decimals} decimali`;
    return fail('decimals', `"${field.label}" va scritto ${rule}.`);
  }
  return { value };
}

function checkFiles(field: Field & { type: 'file' }, value: unknown): FieldResult {
  const ids = z.array(z.uuid()).safeParse(value);
  if (!ids.success) return fail('file', `"${field.label}" deve elencare gli identificativi degli allegati caricati.`);
  // Named twice, a file is still one.
  const files = [...new Set(ids.data.map((id) => id.toLowerCase()))];
  return files.length > field.maxFiles
    ? fail('tooManyFiles', `Per "${field.label}" puoi allegare al massimo ${field.maxFiles} file.`)
    : { value: files };
}

/** What stands in the content beside the form's fields. Sections and fields are looked up one by one, never as a joined path. */
function unexpected(form: Form, content: FormContent, pathPrefix: string): FieldError[] {
  const known = new Map<string, Set<string>>();
  for (const { key, fields } of form.sections) {
    known.set(key, new Set([...(known.get(key) ?? []), ...fields.map((field) => field.key)]));
  }
  return Object.entries(content).flatMap(([section, values]): FieldError[] => {
    const fields = known.get(section);
    if (!fields) return [unknown(`${pathPrefix}${section}`)];
    if (values === null || typeof values !== 'object' || Array.isArray(values)) {
      const message = 'Questa parte del modulo deve essere un oggetto che contiene i suoi campi.';
      return [{ path: `${pathPrefix}${section}`, rule: 'section', message }];
    }
    const strangers = Object.keys(values).filter((name) => !fields.has(name));
    return strangers.map((name) => unknown(`${pathPrefix}${section}.${name}`));
  });
}

function unknown(path: string): FieldError {
  return { path, rule: 'unknown', message: 'Questo campo non esiste nel modulo.' };
}

function notText(field: Field): FieldResult {
  return fail('text', `"${field.label}" deve essere un testo.`);
}

function fail(rule: string, message: string): FieldResult {
  return { error: { rule, message } };
}
