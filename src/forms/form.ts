import { z } from 'zod';

const key = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'must be a camelCase name');
const label = z.string().min(1).max(200);
const common = { key, label, required: z.boolean().default(true), help: z.string().max(300).optional() };

/** A question of a form. The kinds are those that the engine can check by itself. */
export const fieldSchema = z.discriminatedUnion('type', [
  z.object({ ...common, type: z.literal('text'), maxLength: z.int().min(1).max(5000).default(200) }),
  z.object({ ...common, type: z.literal('taxCode') }),
  z.object({ ...common, type: z.literal('email') }),
  z.object({ ...common, type: z.literal('phone') }),
  z.object({ ...common, type: z.literal('plate') }),
  z.object({ ...common, type: z.literal('date') }),
  z.object({ ...common, type: z.literal('boolean'), mustBeTrue: z.boolean().default(false) }),
  z.object({
    ...common,
    type: z.literal('choice'),
    options: z.array(z.object({ value: z.string().min(1).max(60), label })).min(1),
  }),
  z.object({
    ...common,
    type: z.literal('number'),
    min: z.number().default(0),
    max: z.number().default(1_000_000),
    decimals: z.int().min(0).max(2).default(0),
  }),
  z.object({
    ...common,
    type: z.literal('file'),
    maxFiles: z.int().min(1).max(20).default(1),
    /** Only digitally signed files (p7m). */
    signed: z.boolean().optional(),
  }),
]);

/** A form: sections of questions. Content is `{ <section key>: { <field key>: value } }`. */
export const formSchema = z.object({
  sections: z.array(z.object({ key, title: label, fields: z.array(fieldSchema).min(1) })).min(1),
});

export type Field = z.infer<typeof fieldSchema>;
export type Form = z.infer<typeof formSchema>;

/** What an applicant has written: any JSON object while it is a draft. */
export type FormContent = { readonly [section: string]: unknown };

/** Every field with the dotted path of its value. */
export function fieldsOf(form: Form): readonly { readonly path: string; readonly field: Field }[] {
  return form.sections.flatMap((section) =>
    section.fields.map((field) => ({ path: `${section.key}.${field.key}`, field })),
  );
}

/** Value at `section.field`, or undefined. */
export function valueAt(content: FormContent, path: string): unknown {
  const [section = '', field = ''] = path.split('.');
  const values = content[section];
  return values !== null && typeof values === 'object' && Object.hasOwn(values, field)
    ? (values as Record<string, unknown>)[field]
    : undefined;
}

/** A value as people read it: the label of a choice, sì/no, an Italian date. */
export function displayValue(field: Field, value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  switch (field.type) {
    case 'choice':
      return field.options.find((option) => option.value === value)?.label ?? String(value);
    case 'boolean':
      return value === true ? 'Sì' : 'No';
    case 'number':
      return String(value).replace('.', ',');
    case 'date':
      return String(value).split('-').reverse().join('/');
    default:
      return String(value);
  }
}
