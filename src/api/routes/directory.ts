import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OFFICE_ROLES, OVERSIGHT_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { listOffices, listOperators } from '../../application/queries/directory';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { problems, roleSchema } from '../schemas/common';

const named = z.object({ code: z.string(), name: z.string() });

const operatorsSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      role: roleSchema,
      offices: z.array(named),
      enabled: z.boolean(),
      username: z.string().nullable().describe('Managers and administrators only'),
      email: z.string().nullable().describe('Managers and administrators only'),
    }),
  ),
});

const officesSchema = z.object({
  items: z.array(
    named.extend({ email: z.string().nullable().describe('Not for applicants'), services: z.array(named) }),
  ),
});

/** Who works where. */
export const directoryRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app) => {
  app.get(
    '/operators',
    {
      config: { access: [...OFFICE_ROLES, ...OVERSIGHT_ROLES] },
      schema: {
        tags: ['offices'],
        summary: 'Operators and managers, by family name',
        querystring: z.strictObject({
          office: z.string().min(1).max(60).optional().describe('Code of an office'),
          service: z.string().min(1).max(60).optional().describe('Those who may receive its practices'),
          enabled: z.enum(['true', 'false']).optional(),
        }),
        response: { 200: operatorsSchema, ...problems },
      },
    },
    async (request) => {
      const { office, service, enabled } = request.query;
      const filters = { office, service, enabled: enabled && enabled === 'true' };
      return { items: await listOperators(viewerOf(request), filters) };
    },
  );

  app.get(
    '/offices',
    {
      config: { access: ROLES },
      schema: {
        tags: ['offices'],
        summary: 'Offices and the services that they handle',
        response: { 200: officesSchema, ...problems },
      },
    },
    async (request) => ({ items: await listOffices(viewerOf(request)) }),
  );
};
