import { z } from 'zod';
import { asId, type Instant } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import { messagesToCount } from '../conversation/accepted';
import { frozenFiles } from '../files/frozen';
import { assertRequestFits, integrationRequestSchema } from '../practices/integration';
import { act } from './spec';

const text = z.string().trim().min(10).max(5000);

/** Asking the applicant, telling the applicant, and what the applicant answers. */
export const DIALOGUE_ACTS = [
  act({
    act: 'requestIntegration',
    path: 'integration-requests',
    summary: 'Ask the applicant to complete fields and documents',
    body: integrationRequestSchema,
    prepare: async ({ definition }, body) => {
      assertRequestFits(definition, body);
      return {};
    },
  }),
  act({
    act: 'acceptMessages',
    path: 'integration-acceptances',
    summary: 'Take messages of the applicant as the answer to the open integration request',
    body: z.strictObject({ messages: z.array(z.uuid()).max(50) }),
    prepare: async ({ viewer, practice, state }, { messages }) => {
      const since = state.rounds.at(-1)?.requestedAt ?? asId<Instant>(practice.createdAt.toISOString());
      const counted = await messagesToCount(viewer.db, practice.id, messages, since);
      return { payload: { kept: { messages: counted } } as unknown as Prisma.InputJsonObject };
    },
  }),
  act({
    act: 'cancelIntegration',
    path: 'integration-cancellations',
    summary: 'Cancel the open integration request; it stays on the timeline',
    body: z.strictObject({ reason: z.string().trim().min(3).max(2000).optional() }),
  }),
  act({
    act: 'submitObservations',
    path: 'observations',
    summary: 'Answer a rejection notice (L. 241/1990 art. 10-bis)',
    body: z.strictObject({ message: text, attachments: z.array(z.uuid()).max(20).optional() }),
    prepare: async ({ viewer, practice }, { attachments = [] }) => {
      const files = await frozenFiles(viewer.db, practice.id, 'observations', attachments, 'attachments');
      return { payload: { files } as unknown as Prisma.InputJsonObject };
    },
  }),
  act({
    act: 'communicateStart',
    path: 'start-notice',
    summary: 'Communicate that the procedure has started (L. 241/1990 artt. 7 and 8)',
    body: z.strictObject({ message: z.string().trim().max(5000).optional() }),
  }),
] as const;
