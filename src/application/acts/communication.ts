import { z } from 'zod';
import { refuse } from '../../domain/errors';
import type { Prisma } from '../../generated/prisma/client';
import { frozenFiles } from '../files/frozen';
import { act } from './spec';

/** What the office writes to the applicant or to another office, registered as a document of its own. */
export const COMMUNICATION_ACTS = [
  act({
    act: 'communicate',
    path: 'communications',
    summary: 'Send a registered communication to the applicant or to another office',
    body: z.strictObject({
      to: z.enum(['applicant', 'office']),
      recipient: z.strictObject({ name: z.string().trim().min(2).max(120), email: z.email().max(254) }).optional(),
      subject: z.string().trim().min(3).max(150),
      message: z.string().trim().min(10).max(5000),
      attachments: z.array(z.uuid()).max(20).optional(),
    }),
    prepare: async ({ viewer, practice }, { to, recipient, attachments = [] }) => {
      if ((to === 'office') !== (recipient !== undefined)) {
        const message =
          to === 'office'
            ? 'Indica nome ed e-mail dell’ufficio destinatario.'
            : 'Il destinatario è il richiedente: togli "recipient".';
        refuse('VALIDATION_FAILED', {}, [
          { path: 'recipient', rule: to === 'office' ? 'required' : 'unknown', message },
        ]);
      }
      const files = await frozenFiles(viewer.db, practice.id, 'communication', attachments);
      return { facts: { to }, payload: { files } as unknown as Prisma.InputJsonObject };
    },
  }),
] as const;
