import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES, OFFICE_ROLES, OVERSIGHT_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { mailAsSent, notificationsOf } from '../../application/notifications/records';
import { viewerOf } from '../plugins/auth';
import { fileAnswer, instantSchema, practiceParams, problems } from '../schemas/common';

const READERS = [...APPLICANT_ROLES, ...OFFICE_ROLES, ...OVERSIGHT_ROLES];

const notificationSchema = z
  .object({
    id: z.uuid(),
    seq: z.int32().nullable().describe('The event that it follows; null for a message of the conversation'),
    channel: z.string(),
    template: z.string().describe('Key of the text'),
    recipient: z.string(),
    subject: z.string(),
    text: z.string(),
    status: z.string().describe('queued, sending, sent or refused'),
    attempts: z.int32(),
    lastError: z.string().nullable().describe('What the mail server said last; null to applicants'),
    createdAt: instantSchema,
    deliveredAt: instantSchema.nullable().describe('When the mail server took it'),
    rawSha256: z.string().nullable(),
    href: z.string().nullable().describe('Where the mail as sent is'),
  })
  .meta({ id: 'Notification' });

/** Mails about a practice: what was sent to whom, what became of it, and the mail itself. */
export const notificationRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.get(
    '/practices/:id/notifications',
    {
      config: { access: READERS },
      schema: {
        tags: ['practices'],
        summary: 'Mails about a practice and their delivery',
        params: practiceParams,
        response: { 200: z.object({ items: z.array(notificationSchema) }), ...problems },
      },
    },
    async (request) => ({ items: [...(await notificationsOf(viewerOf(request), request.params.id))] }),
  );

  app.get(
    '/practices/:id/notifications/:messageId/raw',
    {
      config: { access: READERS },
      schema: {
        tags: ['practices'],
        summary: 'A mail as it was sent (RFC 5322)',
        params: practiceParams.extend({ messageId: z.uuid() }),
        response: { 200: fileAnswer('The mail', ['message/rfc822']), ...problems },
      },
    },
    async (request, reply) => {
      const { id, messageId } = request.params;
      const mail = await mailAsSent(application, viewerOf(request), id, messageId);
      return reply
        .type('message/rfc822')
        .header('content-disposition', `attachment; filename="${mail.name}"`)
        .send(mail.content);
    },
  );
};
