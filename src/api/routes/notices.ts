import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OFFICE_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { noticeFrequencyOf, noticeFrequencySchema, setNoticeFrequency } from '../../application/mailing/frequency';
import { viewerOf } from '../plugins/auth';
import { problems } from '../schemas/common';

const noticesSchema = z
  .object({ frequency: noticeFrequencySchema.describe('At once, or one summary a day at eight; never is no choice') })
  .meta({ id: 'Notices' });

/** How often an operator is told of changes in the practices of their services. */
export const noticeRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app) => {
  app.get(
    '/me/notices',
    {
      config: { access: OFFICE_ROLES },
      schema: {
        tags: ['office'],
        summary: 'How often the caller is told of changes by mail',
        response: { 200: noticesSchema, ...problems },
      },
    },
    async (request) => ({ frequency: await noticeFrequencyOf(viewerOf(request)) }),
  );

  app.put(
    '/me/notices',
    {
      config: { access: OFFICE_ROLES },
      schema: {
        tags: ['office'],
        summary: 'Choose how often to be told of changes by mail',
        body: z.strictObject({ frequency: noticeFrequencySchema }),
        response: { 200: noticesSchema, ...problems },
      },
    },
    async (request) => ({ frequency: await setNoticeFrequency(viewerOf(request), request.body.frequency) }),
  );
};
