import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CallbackRefused } from '../../activities/ports/payments';
import type { Application } from '../../application/application';
import { takeReceipt } from '../../application/inbox/receipts';
import { refuse } from '../../domain/errors';
import { problems } from '../schemas/common';

/** Calls of outside systems. Each proves itself by its signature over the exact bytes; the answer follows the commit. */
export const callbackRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post(
    '/callbacks/payments/:gateway',
    {
      // The signature is the credential.
      config: { access: 'public' },
      bodyLimit: 64 * 1024,
      schema: {
        tags: ['callbacks'],
        summary: 'Payment receipt of a gateway',
        params: z.object({ gateway: z.string().max(40) }),
        response: { 202: z.object({ received: z.boolean() }), ...problems },
      },
    },
    async (request, reply) => {
      const { payments, clock, db } = application;
      if (request.params.gateway !== payments.name) return refuse('CALLBACK_REFUSED');
      const receipt = verified(() =>
        payments.verifyCallback(
          (request.body as Buffer | null) ?? Buffer.alloc(0),
          request.headers as Record<string, string | undefined>,
          clock.now(),
        ),
      );
      const news = await takeReceipt(db, clock, payments.name, receipt);
      if (!news) request.log.error({ receipt: receipt.receiptId }, 'receipt for a payment that is not ours');
      return reply.status(202).send({ received: news !== undefined });
    },
  );
};

function verified<T>(verify: () => T): T {
  try {
    return verify();
  } catch (error) {
    if (error instanceof CallbackRefused) return refuse('CALLBACK_REFUSED');
    throw error;
  }
}
