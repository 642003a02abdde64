import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES, OFFICE_ROLES, OVERSIGHT_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { listMessages, writeMessage } from '../../application/conversation/messages';
import { listNotes, writeNote } from '../../application/conversation/notes';
import { pageSchema, writingSchema } from '../../application/conversation/writing';
import { ROLES } from '../../domain/practice/acts';
import { idempotencyKey } from '../idempotency';
import { viewerOf } from '../plugins/auth';
import { idempotencyHeaders, instantSchema, practiceParams, problems } from '../schemas/common';
import { attachmentSchema } from '../schemas/practice';

const writing = {
  id: z.uuid(),
  author: z.object({ id: z.uuid().nullable().describe('Null for applicants, of officers'), name: z.string() }),
  text: z.string().describe('Plain text'),
  attachments: z.array(attachmentSchema.extend({ href: z.string() })),
  createdAt: instantSchema,
};

const noteSchema = z.object(writing).meta({ id: 'Note' });

const conversationMessageSchema = z
  .object({
    ...writing,
    side: z.enum(['applicant', 'office']),
    readAt: instantSchema.nullable().describe('When the other side first read it'),
    delivery: z
      .object({
        status: z.string(),
        address: z.string(),
        sentAt: instantSchema.nullable(),
        error: z.string().nullable(),
      })
      .nullable()
      .describe('The mail that told the applicant; null for applicants'),
  })
  .meta({ id: 'ConversationMessage' });

const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable().describe('Cursor of the next page') });

/** What applicant and office write to each other, and, apart from it, what operators write for themselves. */
export const conversationRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.get(
    '/practices/:id/messages',
    {
      config: { access: ROLES },
      schema: {
        tags: ['conversation'],
        summary: 'Messages between applicant and office, newest first; reading marks those of the other side as read',
        params: practiceParams,
        querystring: pageSchema,
        response: { 200: pageOf(conversationMessageSchema), ...problems },
      },
    },
    async (request) =>
      listMessages(application, viewerOf(request), request.params.id, request.query, request.method === 'GET'),
  );

  app.post(
    '/practices/:id/messages',
    {
      config: { access: [...APPLICANT_ROLES, ...OFFICE_ROLES] },
      schema: {
        tags: ['conversation'],
        summary: 'Write to the other side; always open once the application was sent, also after its end',
        params: practiceParams,
        headers: idempotencyHeaders,
        body: writingSchema,
        response: { 201: conversationMessageSchema, ...problems },
      },
    },
    async (request, reply) => {
      const key = idempotencyKey(request);
      const message = await writeMessage(application, viewerOf(request), request.params.id, request.body, key);
      return reply.status(201).send(message);
    },
  );

  app.get(
    '/practices/:id/notes',
    {
      config: { access: [...OFFICE_ROLES, ...OVERSIGHT_ROLES] },
      schema: {
        tags: ['conversation'],
        summary: 'Internal notes, newest first; no applicant ever reads them',
        params: practiceParams,
        querystring: pageSchema,
        response: { 200: pageOf(noteSchema), ...problems },
      },
    },
    async (request) => listNotes(viewerOf(request), request.params.id, request.query),
  );

  app.post(
    '/practices/:id/notes',
    {
      config: { access: OFFICE_ROLES },
      schema: {
        tags: ['conversation'],
        summary: 'Write an internal note',
        params: practiceParams,
        headers: idempotencyHeaders,
        body: writingSchema,
        response: { 201: noteSchema, ...problems },
      },
    },
    async (request, reply) => {
      const key = idempotencyKey(request);
      const note = await writeNote(application, viewerOf(request), request.params.id, request.body, key);
      return reply.status(201).send(note);
    },
  );
};
