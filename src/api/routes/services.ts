import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Application } from '../../application/application';
import { quoteOf } from '../../application/queries/quote';
import { publicService } from '../../application/queries/service-view';
import { currentService, listServices } from '../../application/services/catalogue';
import { ROLES } from '../../domain/practice/acts';
import { romeDate } from '../../domain/terms/rome';
import { viewerOf } from '../plugins/auth';
import { problems } from '../schemas/common';
import { quoteSchema, serviceSchema } from '../schemas/service';

const serviceParams = z.object({ code: z.string().max(60) });

export const serviceRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.get(
    '/services',
    {
      config: { access: ROLES },
      schema: {
        tags: ['services'],
        summary: 'Published services',
        response: { 200: z.object({ items: z.array(serviceSchema) }), ...problems },
      },
    },
    async (request) => ({ items: (await listServices(viewerOf(request).db)).map(publicService) }),
  );

  app.get(
    '/services/:code',
    {
      config: { access: ROLES },
      schema: {
        tags: ['services'],
        summary: 'One service, with its form',
        params: serviceParams,
        response: { 200: serviceSchema, ...problems },
      },
    },
    async (request) => publicService((await currentService(viewerOf(request).db, request.params.code)).definition),
  );

  app.post(
    '/services/:code/quotes',
    {
      config: { access: ROLES },
      schema: {
        tags: ['services'],
        summary: 'What sending these answers would cost; nothing is kept',
        params: serviceParams,
        body: z.strictObject({ data: z.record(z.string(), z.unknown()) }),
        response: { 200: quoteSchema, ...problems },
      },
    },
    async (request) => {
      const { definition } = await currentService(viewerOf(request).db, request.params.code);
      return quoteOf(definition, request.body.data, romeDate(application.clock.now()));
    },
  );
};
