import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { guestSchema, openGuestSession } from '../../application/access/guests';
import { closeSession, openSession } from '../../application/access/sessions';
import type { Application } from '../../application/application';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { instantSchema, problems, roleSchema } from '../schemas/common';

/** Local tokens: a session in PostgreSQL, revocable. */
export const tokenRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.post(
    '/tokens',
    {
      // Nobody has a token yet.
      config: { access: 'public', rateLimit: { max: 30, timeWindow: '1 minute' } },
      schema: {
        tags: ['access'],
        summary: 'Log in',
        body: z.strictObject({
          tenant: z.string().min(1).max(40),
          username: z.string().min(1).max(100),
          password: z.string().min(1).max(200),
        }),
        response: {
          201: z.object({ token: z.string(), expiresAt: instantSchema, role: roleSchema, name: z.string() }),
          ...problems,
        },
      },
    },
    async (request, reply) => reply.status(201).send(await openSession(application, request.body)),
  );
  app.post(
    '/tokens/guest',
    {
      // Whoever has no account: for services that do without login.
      config: { access: 'public', rateLimit: { max: 10, timeWindow: '1 minute' } },
      schema: {
        tags: ['access'],
        summary: 'Say who you are, for services without login; nobody proves it',
        body: guestSchema,
        response: { 201: z.object({ token: z.string(), expiresAt: instantSchema }), ...problems },
      },
    },
    async (request, reply) => reply.status(201).send(await openGuestSession(application, request.body)),
  );
  app.delete(
    '/tokens/current',
    {
      config: { access: ROLES },
      schema: { tags: ['access'], summary: 'Log out', response: { 204: z.null(), ...problems } },
    },
    async (request, reply) => {
      await closeSession(application, viewerOf(request));
      return reply.status(204).send(null);
    },
  );
};
