import { z } from 'zod';
import { ROLES } from '../../domain/practice/acts';
import { STATUSES } from '../../domain/practice/states';

export const instantSchema = z.iso.datetime().describe('UTC instant');
export const legalDateSchema = z.iso.date().describe('Calendar date in Europe/Rome');
export const roleSchema = z.enum(ROLES);
export const statusSchema = z.enum(STATUSES);

export const problemSchema = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.int32(),
    detail: z.string(),
    instance: z.string(),
    code: z.string().describe('Stable code, see docs/errors.md'),
    remedy: z.string(),
    retryable: z.boolean(),
    errors: z.array(z.object({ path: z.string(), rule: z.string(), message: z.string() })).optional(),
    params: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem document' });

/** Every error of ours has this shape. */
export const problems = {
  '4XX': { description: 'Refused', content: { 'application/problem+json': { schema: problemSchema } } },
  '5XX': {
    description: 'Failed; safe to repeat with the same key',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
} as const;

export const practiceParams = z.object({ id: z.uuid() });

export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .optional()
    .describe('8 to 100 letters, digits, "-", "_" or "."; the same when the act is repeated'),
});

/** Answer to an act whose effect is not visible yet. */
export const acceptedSchema = z
  .object({
    commandId: z.uuid(),
    practiceId: z.uuid(),
    receivedAt: instantSchema,
    status: z.literal('pending'),
    href: z.string().describe('Where to look for the outcome'),
  })
  .meta({ id: 'Accepted', description: 'Dated receipt: the act is safe and will be carried out' });

/** Answer that is a file: its bytes are sent as they are kept. */
export function fileAnswer(description: string, contentTypes: readonly string[]) {
  const content = Object.fromEntries(contentTypes.map((type) => [type, { schema: z.any() }]));
  return { description, content };
}
