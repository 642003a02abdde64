import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../schemas/common';

/** `/status`, as the Italian interoperability rules ask of every API (ModI). */
export const statusRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/status',
    {
      config: { access: 'public' },
      schema: {
        tags: ['status'],
        summary: 'Whether the API answers',
        response: { 200: z.object({ status: z.int32(), title: z.string() }), ...problems },
      },
    },
    async () => ({ status: 200, title: 'OK' }),
  );
};
