import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { addAttachment, readAttachment, removeAttachment } from '../../application/practices/attachments';
import { refuse } from '../../domain/errors';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { practiceParams, problems } from '../schemas/common';
import { attachmentSchema } from '../schemas/practice';

const attachmentParams = practiceParams.extend({ attachmentId: z.uuid() });

/** Files, streamed both ways. Limits and types are those of the service. */
export const attachmentRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  await app.register(multipart, {
    // The service's own limit comes first; this one only bounds what no service may accept.
    limits: { files: 1, fields: 0, fileSize: 31 * 1024 * 1024, headerPairs: 50 },
    throwFileSizeLimit: false,
  });

  app.post(
    '/practices/:id/attachments',
    {
      config: { access: APPLICANT_ROLES },
      schema: {
        tags: ['applicant'],
        summary: 'Upload one file for a field (multipart/form-data, part "file")',
        consumes: ['multipart/form-data'],
        params: practiceParams,
        querystring: z.object({ field: z.string().min(1).max(100) }),
        response: { 201: attachmentSchema, ...problems },
      },
    },
    async (request, reply) => {
      const part = request.isMultipart() ? await request.file() : undefined;
      if (!part) return refuse('FILE_MISSING');
      try {
        const attachment = await addAttachment(application, viewerOf(request), request.params.id, {
          field: request.query.field,
          name: part.filename,
          content: part.file,
        });
        return reply.status(201).send(attachment);
      } finally {
        // What was not read must flow away, or the connection waits for it.
        part.file.resume();
      }
    },
  );

  app.delete(
    '/practices/:id/attachments/:attachmentId',
    {
      config: { access: APPLICANT_ROLES },
      schema: {
        tags: ['applicant'],
        summary: 'Take a file out of a draft',
        params: attachmentParams,
        response: { 204: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, attachmentId } = request.params;
      await removeAttachment(application, viewerOf(request), id, attachmentId);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/practices/:id/attachments/:attachmentId',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Content of an attachment',
        params: attachmentParams,
        response: { 200: z.any().describe('The file'), ...problems },
      },
    },
    async (request, reply) => {
      const { id, attachmentId } = request.params;
      const file = await readAttachment(application, viewerOf(request), id, attachmentId);
      return reply
        .type(file.contentType)
        .header('content-length', file.bytes)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .send(file.content);
    },
  );
};
