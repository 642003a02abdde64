import { z } from 'zod';
import type { ProcedureRules } from '../../domain/practice/rules';
import { fieldsOf, formSchema } from '../../forms/form';

const switches = z.object({
  withdraw: z.boolean().default(true),
  integration: z.boolean().default(true),
  partialApproval: z.boolean().default(false),
  reopening: z.boolean().default(false),
  rejectionNotice: z.boolean().default(false),
});

/** A service as data. A published version never changes; a practice keeps the version it began with. */
export const serviceDefinitionSchema = z
  .object({
    code: z.string().regex(/^[a-z0-9-]{3,60}$/),
    version: z.int().min(1),
    name: z.string().min(3).max(60),
    summary: z.string().min(10).max(160),
    /** Codes of the offices that handle it; the first is named on registrations. */
    offices: z.array(z.string().min(1)).min(1),
    codePrefix: z.string().regex(/^[A-Z]{2,8}$/),
    workflow: z.enum(['approval', 'forward', 'paymentOnly']),
    registration: z.enum(['none', 'onSubmission', 'onAcceptance']),
    classification: z.string().max(40).optional(),
    payment: z
      .object({
        amountCents: z.int().min(1).max(99_999_999),
        windowMinutes: z.int().min(1).max(525_600),
        onExpiry: z.enum(['expired', 'draft']),
        reason: z.string().min(3).max(60),
      })
      .optional(),
    termDays: z.int().min(1).max(365),
    // Longer would not suspend the term (L. 241/1990 art. 2 c. 7).
    integrationDays: z.int().min(1).max(30).default(30),
    switches: switches.prefault({}),
    attachments: z.object({
      accept: z.array(z.enum(['pdf', 'p7m', 'jpg', 'png'])).min(1),
      maxMegabytes: z.int().min(1).max(30),
    }),
    form: formSchema,
  })
  .superRefine((definition, context) => {
    if (definition.workflow !== 'approval') {
      context.addIssue({ code: 'custom', path: ['workflow'], message: 'this release carries out "approval" only' });
    }
    if (definition.registration !== 'onSubmission') {
      context.addIssue({
        code: 'custom',
        path: ['registration'],
        message: 'this release registers "onSubmission" only',
      });
    }
    const paths = fieldsOf(definition.form).map(({ path }) => path);
    for (const path of ['applicant.givenName', 'applicant.familyName', 'applicant.taxCode', 'applicant.email']) {
      if (!paths.includes(path)) {
        context.addIssue({
          code: 'custom',
          path: ['form'],
          message: `the form lacks ${path}, needed for register and mails`,
        });
      }
    }
    const doubled = paths.find((path, index) => paths.indexOf(path) !== index);
    if (doubled) context.addIssue({ code: 'custom', path: ['form'], message: `${doubled} stands twice in the form` });
    if (definition.workflow === 'paymentOnly' && !definition.payment) {
      context.addIssue({ code: 'custom', path: ['payment'], message: 'a payment-only service must say what is paid' });
    }
  });

export type ServiceDefinition = z.infer<typeof serviceDefinitionSchema>;

/** What a practice carries of its service. */
export function rulesOf(definition: ServiceDefinition): ProcedureRules {
  const { payment } = definition;
  return {
    service: definition.code,
    version: definition.version,
    codePrefix: definition.codePrefix,
    workflow: definition.workflow,
    registration: definition.registration,
    termDays: definition.termDays,
    integrationDays: definition.integrationDays,
    switches: definition.switches,
    ...(payment && {
      payment: { amountCents: payment.amountCents, windowMinutes: payment.windowMinutes, onExpiry: payment.onExpiry },
    }),
  };
}
