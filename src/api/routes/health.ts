import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Application } from '../../application/application';
import { Probe } from '../probe';

const probe = z.object({ name: z.string(), ok: z.boolean(), reason: z.string().optional() });

/** Answers whether the process lives, and whether it can do its work: accept what people send and keep it. */
export const healthRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  const { db, store } = application;
  // The engine is not among them: filing works without it, and a balancer must not take away who can still accept.
  const probes = [
    new Probe('database', app.log, {
      ask: async () => void (await db.pool.query('SELECT 1 FROM tenant LIMIT 1')),
      isFull: () => app.pressure.wasDatabaseFull(),
      isBusy: () => db.pool.waitingCount > 0,
    }),
    new Probe('documents', app.log, { ask: () => store.check() }),
  ];

  app.get(
    '/health',
    { config: { access: 'public' }, schema: { hide: true, response: { 200: z.object({ status: z.literal('ok') }) } } },
    async () => ({ status: 'ok' as const }),
  );

  app.get(
    '/ready',
    {
      config: { access: 'public' },
      schema: {
        hide: true,
        response: {
          200: z.object({ status: z.literal('ready'), probes: z.array(probe) }),
          503: z.object({ status: z.literal('not ready'), probes: z.array(probe) }),
        },
      },
    },
    async (_request, reply) => {
      const answers = await Promise.all(probes.map((each) => each.answer()));
      return answers.every(({ ok }) => ok)
        ? reply.status(200).send({ status: 'ready' as const, probes: answers })
        : reply
            .status(503)
            .header('retry-after', '5')
            .send({ status: 'not ready' as const, probes: answers });
    },
  );
};
