import { z } from 'zod';
import { type PracticeFilters, WORKS } from '../../application/queries/filters';
import { AUTHOR_KINDS } from '../../application/queries/labels';
import { PERIODS } from '../../application/queries/periods';
import { SORT_NAMES } from '../../application/queries/sorts';
import { TAB_NAMES } from '../../application/queries/tabs';
import { asId, type LegalDate } from '../../domain/ids';
import { STATUSES } from '../../domain/practice/states';
import { instantSchema, legalDateSchema, statusSchema } from './common';

/** A parameter that may stand several times in an address: once is a text, more than once a list. */
function repeatable<T extends z.ZodType>(item: T, max: number) {
  return z.preprocess((given) => [given].flat(), z.array(item).min(1).max(max)).optional();
}

const flag = z.enum(['true', 'false']);

/** A date that calendars here know; others would overflow further in. */
export const queryDate = z.iso
  .date()
  .regex(/^(19|20)/)
  .describe('Calendar date in Europe/Rome, 1900 to 2099');

/** What lists, folders, exports and totals may be narrowed by. Strict: a filter with a wrong name must not give everything. */
export const filterShape = {
  service: repeatable(z.string().min(1).max(60), 20).describe('Code of a service; repeatable'),
  status: repeatable(z.enum(STATUSES), STATUSES.length).describe(
    'State; repeatable. With one service, only states that it can have',
  ),
  tab: z.enum(TAB_NAMES).optional().describe('Tab of the citizen’s area: a group of states'),
  area: z.string().min(1).max(60).optional().describe('Area of the town, as the form names it'),
  work: z.enum(WORKS).optional().describe('Office only'),
  changed: z.enum(PERIODS).optional().describe('When it last changed; weeks begin on Monday'),
  changedFrom: queryDate.optional(),
  changedTo: queryDate.optional(),
  priority: z.enum(['high', 'medium', 'low']).optional().describe('Office only'),
  identity: z.enum(['verified', 'unverified']).optional().describe('Whether the applicant proved who they are'),
  author: z.enum(AUTHOR_KINDS).optional().describe('In what capacity it was opened'),
  assignee: z.uuid().optional().describe('Account of the operator in charge. Office only'),
  office: z.string().min(1).max(60).optional().describe('Code of the office that works on it. Office only'),
  attention: flag.optional().describe('Whether a person has to help. Office only'),
  late: flag.optional(),
  dueBefore: queryDate.optional().describe('To be answered before this date'),
  folder: z.uuid().optional(),
  progress: z.enum(['open', 'ended']).optional(),
  q: z
    .string()
    .trim()
    .min(2)
    .max(100)
    .optional()
    .describe('Practice id, code or registration number; or parts of name, tax code or folder'),
} as const;

const filterSchema = z.strictObject(filterShape);

/** The filters as the application knows them. */
export function filtersOf(query: z.output<typeof filterSchema>): PracticeFilters {
  const { attention, late, changedFrom, changedTo, dueBefore } = query;
  return {
    service: query.service,
    status: query.status,
    tab: query.tab,
    area: query.area,
    work: query.work,
    changed: query.changed,
    changedFrom: legalDate(changedFrom),
    changedTo: legalDate(changedTo),
    priority: query.priority,
    identity: query.identity,
    author: query.author,
    assignee: query.assignee,
    office: query.office,
    attention: attention && attention === 'true',
    late: late && late === 'true',
    dueBefore: legalDate(dueBefore),
    folder: query.folder,
    progress: query.progress,
    q: query.q,
  };
}

/** A checked date as dates of law are known inside. */
export function legalDate(date: string | undefined): LegalDate | undefined {
  return date === undefined ? undefined : asId<LegalDate>(date);
}

const pageShape = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(1000).optional().describe('`next` of the page before, with the same filters and sort'),
};

export const listQuery = z.strictObject({
  ...filterShape,
  ...pageShape,
  sort: z.enum(SORT_NAMES).default('changedAt'),
  order: z.enum(['asc', 'desc']).optional().describe('Absent: as is usual for the sort'),
  count: z.literal('exact').optional().describe('Also count everything that matches'),
});

export const foldersQuery = z.strictObject({ ...filterShape, ...pageShape });
export const countsQuery = z.strictObject({ service: filterShape.service });
export const aggregatesQuery = z.strictObject(filterShape);
export const exportQuery = z.strictObject({
  ...filterShape,
  columns: z
    .preprocess(
      (given) => [given].flat().flatMap((text) => (typeof text === 'string' ? text.split(',') : [text])),
      z.array(z.string().min(1).max(100)).min(1).max(100),
    )
    .optional()
    .describe(
      'Standard columns, and form fields of one service as data.section.field; comma or repeated. Absent: all standard ones',
    ),
});

const labelled = z.object({ value: z.string(), label: z.string() });

export const practiceListSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      code: z.string().nullable(),
      serviceCode: z.string(),
      serviceName: z.string(),
      status: statusSchema,
      statusLabel: z.string(),
      actVersion: z.int32(),
      applicant: z.object({ name: z.string(), taxCode: z.string().nullable() }),
      identity: z
        .object({ provider: z.string(), level: z.int32().nullable(), verified: z.boolean() })
        .nullable()
        .describe('How the applicant identified when sending it; null while it is a draft'),
      author: z.object({ kind: z.string(), label: z.string() }),
      createdAt: instantSchema,
      changedAt: instantSchema,
      confirmedAt: instantSchema.nullable(),
      receivedAt: instantSchema.nullable(),
      answerBy: legalDateSchema.nullable(),
      late: z.boolean(),
      attention: z.array(z.string()),
      assignee: z.object({ id: z.uuid().nullable().describe('Null for applicants'), name: z.string() }).nullable(),
      office: z.object({ code: z.string(), name: z.string() }).nullable(),
      priority: labelled.nullable().describe('Null for applicants'),
      phase: z.object({ key: z.string(), label: z.string() }).nullable(),
      registration: z.string().nullable(),
      registrationText: z.string().nullable().describe('The number, or why there is none'),
      registeredAt: instantSchema.nullable(),
      folder: z.object({ id: z.uuid(), label: z.string() }).nullable(),
      area: labelled.nullable(),
      outcome: z.string().nullable(),
      endedAt: instantSchema.nullable(),
      language: z.string(),
      href: z.string(),
    }),
  ),
  next: z.string().nullable().describe('Cursor of the next page'),
  total: z.int32().nullable().describe('Of all pages; only with count=exact'),
});

export const foldersSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      label: z.string(),
      practices: z.int32(),
      changedAt: instantSchema,
      href: z.string().describe('Its practices'),
    }),
  ),
  next: z.string().nullable(),
});

export const countsSchema = z.union([
  z.object({
    drafts: z.int32(),
    sent: z.int32(),
    approved: z.int32(),
    rejected: z.int32(),
    toIntegrate: z.int32(),
    withdrawn: z.int32(),
  }),
  z.object({
    unassigned: z.int32(),
    mine: z.int32(),
    toAccept: z.int32(),
    late: z.int32(),
    attention: z.int32(),
    myOffices: z.int32(),
  }),
]);

export const aggregatesSchema = z.object({
  service: z.string(),
  practices: z.int32(),
  fields: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      type: z.string(),
      count: z.int32().describe('How many practices answered it'),
      sum: z.number().nullable(),
      mean: z.number().nullable(),
      values: z.array(z.object({ value: z.string(), label: z.string(), count: z.int32() })),
    }),
  ),
});
