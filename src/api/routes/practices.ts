import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { createDraft } from '../../application/practices/create-draft';
import { listPractices, listQuerySchema } from '../../application/practices/list';
import { commandOf, documentsOf, messagesOf, readDocument, timelineOf } from '../../application/practices/records';
import { saveDraft } from '../../application/practices/save-draft';
import { checkoutOf, practiceView } from '../../application/practices/view';
import { ROLES } from '../../domain/practice/acts';
import type { Prisma } from '../../generated/prisma/client';
import { idempotencyKey } from '../idempotency';
import { viewerOf } from '../plugins/auth';
import { fileAnswer, idempotencyHeaders, instantSchema, practiceParams, problems } from '../schemas/common';
import {
  documentsSchema,
  messagesSchema,
  practiceListSchema,
  practiceSchema,
  timelineSchema,
} from '../schemas/practice';

/** What the applicant wrote: any object; it is judged when it is sent. */
const contentSchema = z.record(z.string(), z.unknown());

export const practiceRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.post(
    '/practices',
    {
      config: { access: APPLICANT_ROLES },
      schema: {
        tags: ['applicant'],
        summary: 'Open a draft',
        headers: idempotencyHeaders,
        body: z.strictObject({ service: z.string().min(1).max(60), data: contentSchema.default({}) }),
        response: { 201: practiceSchema, ...problems },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { service } = request.body;
      const data = request.body.data as Prisma.InputJsonObject;
      const taken = await createDraft(application, viewer, { service, data, idempotencyKey: idempotencyKey(request) });
      const view = await practiceView(application, viewer, taken.practiceId);
      return reply.status(201).header('location', `/api/v1/practices/${taken.practiceId}`).send(view);
    },
  );

  app.get(
    '/practices',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Practices that the caller may see, last changed first',
        querystring: listQuerySchema,
        response: { 200: practiceListSchema, ...problems },
      },
    },
    async (request) => listPractices(viewerOf(request), request.query),
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
      config: { access: APPLICANT_ROLES },
      bodyLimit: 512 * 1024,
      schema: {
        tags: ['applicant'],
        summary: 'Save the draft, complete or not',
        params: practiceParams,
        body: z.strictObject({ data: contentSchema }),
        response: { 200: z.object({ savedAt: instantSchema, version: z.int32() }), ...problems },
      },
    },
    async (request) =>
      saveDraft(application, viewerOf(request), request.params.id, request.body.data as Prisma.InputJsonObject),
  );

  app.get(
    '/practices/:id/checkout',
    {
      config: { access: APPLICANT_ROLES },
      schema: {
        tags: ['applicant'],
        summary: 'Page where the applicant pays; coming back from it proves nothing',
        params: practiceParams,
        querystring: z.strictObject({ returnUrl: z.url({ protocol: /^https?$/ }).optional() }),
        response: { 200: z.object({ url: z.url() }), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params;
      const returnUrl = request.query.returnUrl ?? `${application.publicUrl}/api/v1/practices/${id}`;
      return { url: await checkoutOf(application, viewerOf(request), id, returnUrl) };
    },
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
    '/practices/:id/messages',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Messages to the applicant and their delivery',
        params: practiceParams,
        response: { 200: messagesSchema, ...problems },
      },
    },
    async (request) => ({ items: await messagesOf(viewerOf(request), request.params.id) }),
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
        response: { 200: fileAnswer('The document', ['application/pdf']), ...problems },
      },
    },
    async (request, reply) => {
      const { id, ordinal } = request.params;
      const file = await readDocument(application, viewerOf(request), id, ordinal);
      return reply
        .type('application/pdf')
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
