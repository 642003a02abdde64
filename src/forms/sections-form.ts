import { z } from 'zod';
import { type FormProfile, formProfileSchema, PROFILE } from './profile/form';

const key = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/, 'must be a camelCase name');
const label = z.string().min(1).max(200);
const common = { key, label, required: z.boolean().default(true), help: z.string().max(300).optional() };

const fieldSchema = z.discriminatedUnion('type', [
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
    signed: z.boolean().optional(),
  }),
]);
type Field = z.infer<typeof fieldSchema>;

/**
 * Forms as releases up to 0.3.0 wrote them: sections of questions, content `{ <section>: { <field>: value } }`. Versions of
 * services that were published with one go on; read as forms of the profile they ask the same and keep it at the same paths.
 */
const sectionsFormSchema = z.object({
  sections: z.array(z.object({ key, title: label, fields: z.array(fieldSchema).min(1) })).min(1),
});

type SectionsForm = z.infer<typeof sectionsFormSchema>;

/** A form as a definition of a service holds it. */
export type StoredForm = FormProfile | SectionsForm;

/** Checks either kind of form and leaves it as it is: what was published for the release before must stay readable for it. */
export const storedFormSchema: z.ZodType<StoredForm> = z.unknown().transform((given, context): StoredForm => {
  const ofSections = given !== null && typeof given === 'object' && 'sections' in given;
  const read = (ofSections ? sectionsFormSchema : formProfileSchema).safeParse(given);
  if (read.success) return read.data;
  for (const issue of read.error.issues) context.addIssue({ ...issue } as never);
  return z.NEVER;
});

const read = new WeakMap<StoredForm, FormProfile>();

/** The form of a definition, whichever way it is written. The same object gives the same form. */
export function formOf(stored: StoredForm): FormProfile {
  if (!('sections' in stored)) return stored;
  const form = read.get(stored) ?? profileOf(stored);
  read.set(stored, form);
  return form;
}

function profileOf({ sections }: SectionsForm): FormProfile {
  const groups = new Map<string, { readonly title: string; readonly fields: Field[] }>();
  for (const { key: group, title, fields } of sections) {
    const known = groups.get(group);
    if (known) known.fields.push(...fields);
    else groups.set(group, { title, fields: [...fields] });
  }
  const components = [...groups].map(([group, { title, fields }], index) => ({
    ...{ type: 'panel', key: `step${index + 1}`, title },
    components: [{ type: 'container', key: group, components: fields.map(questionOf) }],
  }));
  return formProfileSchema.parse({ profile: PROFILE, title: 'Modulo', components });
}

function questionOf(field: Field): object {
  const { help } = field;
  const asked = { key: field.key, label: field.label, ...(help === undefined ? {} : { description: help }) };
  const { required } = field;
  switch (field.type) {
    case 'text':
      return { ...asked, type: 'textfield', validate: { required, maxLength: field.maxLength } };
    case 'taxCode':
    case 'plate':
      return { ...asked, type: 'textfield', validate: { required, plugins: [field.type] } };
    case 'email':
      return { ...asked, type: 'email', validate: { required } };
    case 'phone':
      return { ...asked, type: 'phoneNumber', validate: { required } };
    case 'date':
      return { ...asked, type: 'day', validate: { required } };
    case 'boolean':
      // Whoever may say no need not say it.
      return { ...asked, type: 'checkbox', validate: { required: field.mustBeTrue } };
    case 'choice':
      return { ...asked, type: 'radio', values: field.options, validate: { required } };
    case 'number':
      return {
        ...asked,
        type: 'number',
        decimalLimit: field.decimals,
        validate: { required, min: field.min, max: field.max },
      };
    case 'file': {
      const { maxFiles, signed } = field;
      return {
        ...asked,
        type: 'file',
        multiple: maxFiles > 1,
        ...(signed ? { signed } : {}),
        validate: { required, maxFiles },
      };
    }
  }
}
