import { z } from 'zod';

/**
 * The components of form profile 1.0: the part of Form.io's format that is the same everywhere, without code. A stored
 * form is exactly this; what an import finds beside it is refused or told (`../import`).
 */
const key = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, 'must begin with a letter and have letters, digits and _ only, 60 at most');
const label = z.string().trim().min(1).max(300);
/** Dotted path of a value in the content: `applicant.data.email`. */
const path = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*$/, 'must be a dotted path of keys');

/** A JsonLogic expression; its operators and variables are looked at by `checkForm`. */
export const logicSchema = z.record(z.string(), z.unknown());

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);

const OPERATORS = [
  ...['isEqual', 'isNotEqual', 'isEmpty', 'isNotEmpty', 'includes', 'notIncludes'],
  ...['lessThan', 'greaterThan', 'lessThanOrEqual', 'greaterThanOrEqual'],
] as const;

/** When a component is shown: one comparison, several, or JsonLogic. */
export const conditionalSchema = z.union([
  z.strictObject({ show: z.boolean(), when: path, eq: scalar }),
  z.strictObject({
    show: z.boolean(),
    conjunction: z.enum(['all', 'any']),
    conditions: z
      .array(z.strictObject({ component: path, operator: z.enum(OPERATORS), value: scalar.optional() }))
      .min(1)
      .max(20),
  }),
  z.strictObject({ json: logicSchema }),
]);

/** What every component may have. */
const placed = { key, conditional: conditionalSchema.optional(), hidden: z.boolean().optional() };

const message = z.string().min(1).max(300);
const checks = {
  required: z.boolean().optional(),
  customMessage: message.optional(),
  json: logicSchema.optional(),
  plugins: z.array(z.string().max(40)).max(5).optional(),
};
const count = (most: number) => z.int().min(0).max(most).optional();

/** What every question may have. */
const asked = {
  ...placed,
  label,
  description: z.string().max(1_000).optional(),
  placeholder: z.string().max(200).optional(),
  /** Shown, never changed by people. */
  disabled: z.boolean().optional(),
  /** Kept although a condition hides it, when false. */
  clearOnHide: z.boolean().optional(),
  calculateValue: logicSchema.optional(),
  /** Tokens that let a browser fill it in, as `given-name`. */
  autocomplete: z.string().max(60).optional(),
  /** Ours: `known` names what of the applicant's data fills it. */
  properties: z.record(z.string().max(40), z.string().max(200)).optional(),
};

const plain = { ...asked, validate: z.strictObject(checks).optional() };
const written = {
  ...asked,
  defaultValue: z.string().max(5_000).optional(),
  case: z.enum(['uppercase', 'lowercase']).optional(),
  validate: z
    .strictObject({
      ...checks,
      minLength: count(20_000),
      maxLength: count(20_000),
      pattern: z.string().min(1).max(500).optional(),
    })
    .optional(),
};
const counted = {
  ...asked,
  defaultValue: z.number().optional(),
  decimalLimit: count(6),
  validate: z.strictObject({ ...checks, min: z.number().optional(), max: z.number().optional() }).optional(),
};
const options = z
  .array(z.strictObject({ value: z.string().min(1).max(200), label }))
  .min(1)
  .max(1_000);

const LEAVES = [
  z.strictObject({ ...written, type: z.literal('textfield') }),
  z.strictObject({ ...written, type: z.literal('textarea'), rows: count(60) }),
  z.strictObject({ ...written, type: z.literal('email') }),
  z.strictObject({ ...written, type: z.literal('phoneNumber') }),
  z.strictObject({ ...written, type: z.literal('url') }),
  z.strictObject({ ...counted, type: z.literal('number') }),
  z.strictObject({ ...counted, type: z.literal('currency') }),
  z.strictObject({ ...plain, type: z.literal('day'), defaultValue: z.string().max(10).optional() }),
  z.strictObject({ ...plain, type: z.literal('datetime'), defaultValue: z.string().max(30).optional() }),
  z.strictObject({ ...plain, type: z.literal('time'), defaultValue: z.string().max(8).optional() }),
  z.strictObject({ ...plain, type: z.literal('checkbox'), defaultValue: z.boolean().optional() }),
  z.strictObject({ ...plain, type: z.literal('radio'), values: options, defaultValue: z.string().max(200).optional() }),
  z.strictObject({
    ...asked,
    type: z.literal('selectboxes'),
    values: options,
    defaultValue: z.record(z.string(), z.boolean()).optional(),
    validate: z.strictObject({ ...checks, minSelectedCount: count(1_000), maxSelectedCount: count(1_000) }).optional(),
  }),
  z.strictObject({
    ...plain,
    type: z.literal('select'),
    /** Fixed options, or the name of a list that the server keeps. */
    data: z.union([z.strictObject({ values: options }), z.strictObject({ list: z.string().min(1).max(60) })]),
    multiple: z.boolean().optional(),
    defaultValue: z.union([z.string().max(200), z.array(z.string().max(200)).max(100)]).optional(),
  }),
  z.strictObject({
    ...asked,
    type: z.literal('file'),
    multiple: z.boolean().optional(),
    /** Only digitally signed files. */
    signed: z.boolean().optional(),
    validate: z.strictObject({ ...checks, maxFiles: z.int().min(1).max(20).optional() }).optional(),
  }),
  z.strictObject({
    ...placed,
    type: z.literal('hidden'),
    calculateValue: logicSchema.optional(),
    defaultValue: scalar.optional(),
  }),
  z.strictObject({ ...placed, type: z.literal('content'), html: z.string().max(20_000) }),
  z.strictObject({
    ...placed,
    type: z.literal('htmlelement'),
    tag: z.enum(['p', 'div', 'span', 'h2', 'h3', 'h4', 'ul', 'ol']).optional(),
    content: z.string().max(20_000),
    className: z.string().max(200).optional(),
  }),
] as const;

/** A question, or a text between questions. */
export type Leaf = z.infer<(typeof LEAVES)[number]>;

type Placed = Pick<Leaf, 'key' | 'conditional' | 'hidden'>;

export interface Panel extends Placed {
  readonly type: 'panel';
  /** Name of the step. */
  readonly title: string;
  readonly components: Component[];
}
export interface Fieldset extends Placed {
  readonly type: 'fieldset';
  readonly legend?: string | undefined;
  readonly components: Component[];
}
/** Side by side on paper; one below the other with us. */
export interface Columns extends Placed {
  readonly type: 'columns';
  readonly columns: { readonly components: Component[] }[];
}
/** Groups values under its key. */
export interface Container extends Placed {
  readonly type: 'container';
  readonly label?: string | undefined;
  readonly components: Component[];
}
/** Rows of the same questions. */
export interface Rows extends Placed {
  readonly type: 'editgrid' | 'datagrid';
  readonly label: string;
  readonly description?: string | undefined;
  readonly clearOnHide?: boolean | undefined;
  /** What one row is called: «Veicolo». */
  readonly rowLabel?: string | undefined;
  readonly components: Component[];
  readonly validate?:
    | {
        readonly required?: boolean | undefined;
        readonly minLength?: number | undefined;
        readonly maxLength?: number | undefined;
        readonly customMessage?: string | undefined;
      }
    | undefined;
}
/** Another form inside this one: its values stand under `<key>.data`. Its components are put in when the form is published. */
export interface SubForm extends Placed {
  readonly type: 'form';
  readonly label?: string | undefined;
  /** Name of the form part. */
  readonly form: string;
  readonly components?: Component[] | undefined;
}

export type Group = Panel | Fieldset | Columns | Container | Rows | SubForm;
export type Component = Leaf | Group;

const many: z.ZodType<Component[]> = z.lazy(() => z.array(componentSchema).min(1).max(300));

const GROUPS = [
  z.strictObject({ ...placed, type: z.literal('panel'), title: label, components: many }),
  z.strictObject({ ...placed, type: z.literal('fieldset'), legend: label.optional(), components: many }),
  z.strictObject({
    ...placed,
    type: z.literal('columns'),
    columns: z.array(z.strictObject({ components: z.lazy(() => z.array(componentSchema).max(300)) })).min(1),
  }),
  z.strictObject({ ...placed, type: z.literal('container'), label: label.optional(), components: many }),
  ...(['editgrid', 'datagrid'] as const).map((type) =>
    z.strictObject({
      ...placed,
      type: z.literal(type),
      label,
      description: z.string().max(1_000).optional(),
      clearOnHide: z.boolean().optional(),
      rowLabel: label.optional(),
      components: many,
      validate: z
        .strictObject({
          required: z.boolean().optional(),
          minLength: count(200),
          maxLength: count(200),
          customMessage: message.optional(),
        })
        .optional(),
    }),
  ),
  z.strictObject({
    ...placed,
    type: z.literal('form'),
    label: label.optional(),
    form: z.string().min(1).max(80),
    components: many.optional(),
  }),
] as const;

/** Any component of profile 1.0. */
export const componentSchema: z.ZodType<Component> = z.lazy(() =>
  z.discriminatedUnion('type', [...LEAVES, ...GROUPS] as never),
);

export const COMPONENT_TYPES: ReadonlySet<string> = new Set(
  [...LEAVES, ...GROUPS].map((schema) => schema.shape.type.value),
);
