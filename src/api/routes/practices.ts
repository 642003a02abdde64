import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Application } from '../../application/application';
import { createDraft } from '../../application/practices/create-draft';
import { filedForSchema } from '../../application/practices/filed-for';
import { commandOf, documentsOf, readDocument, timelineOf } from '../../application/practices/records';
import { saveDraft } from '../../application/practices/save-draft';
import { practiceView } from '../../application/practices/view';
import { LANGUAGES } from '../../application/services/definition';
import { ACT_RULES, ROLES } from '../../domain/practice/acts';
import type { Prisma } from '../../generated/prisma/client';
import { idempotencyKey } from '../idempotency';
import { viewerOf } from '../plugins/auth';
import { viewAfter } from '../repetitions';
import { fileAnswer, idempotencyHeaders, instantSchema, practiceParams, problems } from '../schemas/common';
import { documentsSchema, practiceSchema, timelineSchema } from '../schemas/practice';

/** What the applicant wrote: any object; it is judged when it is sent. */
const contentSchema = z.record(z.string(), z.unknown());

export const practiceRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.post(
    '/practices',
    {
      config: { access: ACT_RULES.createDraft.roles },
      schema: {
        tags: ['applicant'],
        summary: 'Open a draft; an operator opens it for a citizen',
        headers: idempotencyHeaders,
        body: z.strictObject({
          service: z.string().min(1).max(60),
          data: contentSchema.default({}),
          language: z.enum(LANGUAGES).default('it'),
          applicant: filedForSchema.optional(),
        }),
        response: { 201: practiceSchema, ...problems },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { service, language, applicant } = request.body;
      const data = request.body.data as Prisma.InputJsonObject;
      const taken = await createDraft(application, viewer, {
        service,
        data,
        language,
        ...(applicant && { applicant }),
        idempotencyKey: idempotencyKey(request),
      });
      const view = await viewAfter(application, viewer, taken);
      return reply.status(201).header('location', `/api/v1/practices/${taken.practiceId}`).send(view);
    },
  );

  app.get(
    '/practices/:id',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'One practice, with what can be done now and why the rest can not',
        params: practiceParams,
        response: { 200: practiceSchema, ...problems },
      },
    },
    async (request, reply) => {
      const view = await practiceView(application, viewerOf(request), request.params.id);
      return reply.header('etag', `"${view.actVersion}"`).send(view);
    },
  );

  app.put(
    '/practices/:id/draft',
    {
      config: { access: ACT_RULES.submit.roles },
      bodyLimit: 512 * 1024,
      schema: {
        tags: ['applicant'],
        summary: 'Save the draft, complete or not',
        params: practiceParams,
        body: z.strictObject({
          data: contentSchema,
          version: z.int32().min(1).optional().describe('draftVersion that was read; another one is a conflict'),
        }),
        response: { 200: z.object({ savedAt: instantSchema, version: z.int32() }), ...problems },
      },
    },
    async (request) =>
      saveDraft(
        application,
        viewerOf(request),
        request.params.id,
        request.body.data as Prisma.InputJsonObject,
        request.body.version,
      ),
  );

  app.get(
    '/practices/:id/timeline',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'What happened, in order',
        params: practiceParams,
        response: { 200: timelineSchema, ...problems },
      },
    },
    async (request) => ({ items: await timelineOf(viewerOf(request), request.params.id) }),
  );

  app.get(
    '/practices/:id/documents',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Documents with digest and registration',
        params: practiceParams,
        response: { 200: documentsSchema, ...problems },
      },
    },
    async (request) => ({ items: await documentsOf(viewerOf(request), request.params.id) }),
  );

  app.get(
    '/practices/:id/documents/:ordinal',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Content of a document (PDF/A)',
        params: practiceParams.extend({ ordinal: z.coerce.number().int().min(0).max(10_000) }),
        response: { 200: fileAnswer('The document', ['application/pdf', 'application/octet-stream']), ...problems },
      },
    },
    async (request, reply) => {
      const { id, ordinal } = request.params;
      const file = await readDocument(application, viewerOf(request), id, ordinal);
      return reply
        .type(file.contentType)
        .header('content-length', file.bytes)
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .send(file.content);
    },
  );

  app.get(
    '/commands/:id',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'What became of an act',
        params: practiceParams,
        response: {
          200: z.object({
            commandId: z.uuid(),
            act: z.string(),
            practiceId: z.uuid(),
            receivedAt: instantSchema,
            outcome: z.record(z.string(), z.unknown()).nullable(),
          }),
          ...problems,
        },
      },
    },
    async (request) => commandOf(viewerOf(request), request.params.id),
  );
};
