import { z } from 'zod';
import { statusSchema } from './common';

const fee = {
  kind: z.enum(['fixed', 'formula']).describe('`formula`: depends on the answers; ask for a quote'),
  amountCents: z.int32().nullable(),
};
const deadline = { windowMinutes: z.int32(), reason: z.string() };
const stamps = z.object({ count: z.int32(), amountCents: z.int32() }).nullable();

export const serviceSchema = z
  .object({
    code: z.string(),
    version: z.int32(),
    name: z.string(),
    summary: z.string(),
    category: z.string().nullable(),
    offices: z.array(z.string()),
    access: z.object({ filers: z.array(z.string()), minimumLevel: z.int32(), withoutLogin: z.boolean() }),
    workflow: z.enum(['approval', 'forward', 'paymentOnly']),
    registration: z.enum(['none', 'onSubmission', 'onAcceptance']),
    payment: z
      .object({
        ...fee,
        exemptions: z.array(z.string()).describe('Who pays nothing'),
        ...deadline,
        onExpiry: z.enum(['expired', 'draft']),
      })
      .nullable(),
    releasePayment: z
      .object({ ...fee, on: z.array(z.string()), ...deadline, onExpiry: z.enum(['renewed', 'annulled']) })
      .nullable(),
    stamps: z.object({ atRequest: stamps, atRelease: stamps }),
    phases: z.array(
      z.object({ key: z.string(), label: z.string(), next: z.array(z.string()), decisions: z.array(z.string()) }),
    ),
    rejectionNotice: z.enum(['required', 'optional', 'none']),
    termDays: z.int32(),
    integrationDays: z.int32(),
    draftDays: z.int32().nullable().describe('Days after which a draft expires; null: never'),
    folder: z.string(),
    switches: z.record(z.string(), z.boolean()).describe('Acts that the service allows'),
    statuses: z.array(z.object({ status: statusSchema, label: z.string() })).describe('States that it can have'),
    languages: z.array(z.string()),
    attachments: z.object({ accept: z.array(z.string()), maxMegabytes: z.int32() }),
    form: z.unknown(),
  })
  .meta({ id: 'Service' });

export const quoteSchema = z.object({
  feeCents: z.int32(),
  exemption: z.string().nullable().describe('Why nothing is to be paid'),
  stamps: z.int32(),
});
