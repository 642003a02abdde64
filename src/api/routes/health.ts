import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Application } from '../../application/application';

const probe = z.object({ name: z.string(), ok: z.boolean(), reason: z.string().optional() });

/** Answers whether the process lives, and whether it can do its work: accept what people send and keep it. */
export const healthRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
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
      // The engine is not among them: filing works without it, and a balancer must not take away who can still accept.
      const probes = await Promise.all([
        check('database', async () => void (await application.db.pool.query('SELECT 1 FROM tenant LIMIT 1'))),
        check('documents', () => application.store.check()),
      ]);
      return probes.every(({ ok }) => ok)
        ? reply.status(200).send({ status: 'ready' as const, probes })
        : reply
            .status(503)
            .header('retry-after', '5')
            .send({ status: 'not ready' as const, probes });
    },
  );
};

async function check(name: string, work: () => Promise<void>): Promise<z.infer<typeof probe>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 2 s')), 2_000);
  });
  try {
    await Promise.race([work(), late]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
