import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Application } from '../../application/application';
import { currentService, listServices } from '../../application/services/catalogue';
import type { ServiceDefinition } from '../../application/services/definition';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { problems } from '../schemas/common';

const serviceSchema = z
  .object({
    code: z.string(),
    version: z.int32(),
    name: z.string(),
    summary: z.string(),
    termDays: z.int32(),
    payment: z.object({ amountCents: z.int32() }).nullable(),
    attachments: z.object({ accept: z.array(z.string()), maxMegabytes: z.int32() }),
    form: z.unknown(),
  })
  .meta({ id: 'Service' });

export const serviceRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app) => {
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
        params: z.object({ code: z.string().max(60) }),
        response: { 200: serviceSchema, ...problems },
      },
    },
    async (request) => publicService((await currentService(viewerOf(request).db, request.params.code)).definition),
  );
};

function publicService(definition: ServiceDefinition) {
  const { code, version, name, summary, termDays, payment, attachments, form } = definition;
  return {
    code,
    version,
    name,
    summary,
    termDays,
    payment: payment ? { amountCents: payment.amountCents } : null,
    attachments: { accept: [...attachments.accept], maxMegabytes: attachments.maxMegabytes },
    form,
  };
}
