import { z } from 'zod';
import { ruleSchema } from '../../forms/rule';
import { storedFormSchema } from '../../forms/sections-form';
import { LANGUAGES } from '../../locales/language';
import { PLACEHOLDERS, TEXT_KEYS } from '../notifications/text-keys';

const cents = z.int().min(1).max(99_999_999);
const windowMinutes = z.int().min(1).max(525_600);
const reason = z.string().min(3).max(60);
const outcome = z.enum(['approved', 'partiallyApproved', 'rejected']);

/** Exactly one of both: the same for everybody, or by what the applicant wrote (in cents; 0 is exempt). */
const amount = { amountCents: cents.optional(), formula: ruleSchema.optional() };

const switches = z.object({
  withdraw: z.boolean().default(true),
  integration: z.boolean().default(true),
  partialApproval: z.boolean().default(false),
  reopening: z.boolean().default(false),
});

const phase = z.strictObject({
  key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/),
  label: z.string().min(1).max(60),
  next: z.array(z.string()).max(20).default([]),
  decisions: z.array(outcome).max(3).default([]),
});

const destination = z.strictObject({
  /** Code of an office of the service. */
  office: z.string().min(1),
  /** User name of an operator of that office. */
  operator: z.string().min(1).optional(),
});

const stamps = z.strictObject({ count: z.int().min(1).max(20), amountCents: cents.default(1600) });

const placeholders = (text: string): boolean =>
  [...text.matchAll(/\{\{([^}]*)\}\}/g)].every(([, name]) => (PLACEHOLDERS as readonly string[]).includes(name ?? ''));
const customText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine(placeholders, {
      message: `unknown placeholder: use only ${PLACEHOLDERS.map((p) => `{{${p}}}`).join(', ')}`,
    });
const texts = z.partialRecord(
  z.enum(TEXT_KEYS),
  z.partialRecord(z.enum(LANGUAGES), z.strictObject({ subject: customText(150).optional(), body: customText(5000) })),
);

/** The parts of a service, each checked by itself. */
export const serviceShape = z.object({
  code: z.string().regex(/^[a-z0-9-]{3,60}$/),
  version: z.int().min(1),
  name: z.string().min(3).max(60),
  summary: z.string().min(10).max(160),
  category: z.string().min(3).max(60).optional(),
  /** Codes of the offices that handle it; the first is named on registrations. */
  offices: z.array(z.string().min(1)).min(1),
  codePrefix: z.string().regex(/^[A-Z]{2,8}$/),
  workflow: z.enum(['approval', 'forward', 'paymentOnly']),
  registration: z.enum(['none', 'onSubmission', 'onAcceptance']).default('onSubmission'),
  classification: z.string().max(40).optional(),
  /** Who may file it and how surely they must be known; level 0 is without login. */
  access: z
    .strictObject({
      filers: z.array(z.enum(['citizen', 'professional', 'delegate'])).min(1),
      minimumLevel: z.int().min(0).max(3),
      withoutLogin: z.boolean(),
    })
    .default({ filers: ['citizen', 'professional', 'delegate'], minimumLevel: 1, withoutLogin: false }),
  /** Paid when the application is sent. */
  payment: z
    .object({
      ...amount,
      /** Who pays nothing, and why. */
      exemptions: z.array(z.strictObject({ label: z.string().min(3).max(120), when: ruleSchema })).default([]),
      windowMinutes,
      onExpiry: z.enum(['expired', 'draft']),
      reason,
    })
    .optional(),
  /** Paid before a decision is registered; the officer may change the amount. */
  releasePayment: z
    .strictObject({
      ...amount,
      on: z.array(outcome).min(1).default(['approved', 'partiallyApproved']),
      windowMinutes,
      onExpiry: z.enum(['renewed', 'annulled']).default('renewed'),
      reason,
    })
    .optional(),
  stamps: z.strictObject({ atRequest: stamps.optional(), atRelease: stamps.optional() }).optional(),
  phases: z.array(phase).min(1).max(20).optional(),
  rejectionNotice: z.enum(['required', 'optional', 'none']).default('none'),
  folder: z
    .strictObject({
      policy: z.enum(['perServiceYear', 'perPractice', 'perApplicantGroup']),
      /** Services with the same group share the folder of an applicant. */
      group: z.string().min(2).max(40).optional(),
    })
    .default({ policy: 'perServiceYear' }),
  /** Where a practice goes by itself once it has arrived, by what the applicant wrote. */
  automaticAssignment: z
    .strictObject({
      field: z.string(),
      cases: z
        .array(z.strictObject({ equals: z.string(), to: destination }))
        .min(1)
        .max(100),
      otherwise: destination.optional(),
    })
    .optional(),
  /** Field that says to which area of the town a practice belongs. */
  areaField: z.string().optional(),
  /** Days after which a draft expires; absent: never. */
  draftDays: z.int().min(1).max(365).optional(),
  termDays: z.int().min(1).max(365),
  // Longer would not suspend the term (L. 241/1990 art. 2 c. 7).
  integrationDays: z.int().min(1).max(30).default(30),
  switches: switches.prefault({}),
  /** Texts to the applicant in place of ours, by state and language. */
  texts: texts.default({}),
  attachments: z.object({
    accept: z.array(z.enum(['pdf', 'p7m', 'jpg', 'png'])).min(1),
    maxMegabytes: z.int().min(1).max(30),
  }),
  form: storedFormSchema,
});

export type ServiceDefinition = z.infer<typeof serviceShape>;
