import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deliveries } from './deliveries';
import { type Faults, faultsSchema } from './faults';
import { requireBearer } from './http';
import type { Ledger } from './ledger';
import { parseRequest } from './problem';
import { requestIdSchema } from './records';

const payParamsSchema = z.object({ requestId: requestIdSchema });
const payBodySchema = z
  .strictObject({ paidAt: z.iso.datetime({ offset: true }).optional() })
  .nullish()
  .transform((body) => body?.paidAt);
const redeliverParamsSchema = z.object({ receiptId: z.string().min(1).max(200) });
const redeliverQuerySchema = z.object({ times: z.coerce.number().int().min(1).max(100).default(1) });

/** What tests and demonstrations do to the double, below `/control`: faults, payments without a browser, repetitions. */
export function controlRoutes(
  app: FastifyInstance,
  deps: { ledger: Ledger; deliveries: Deliveries; faults: Faults; secret: string },
): void {
  const { ledger, deliveries, faults } = deps;

  app.register((control, _options, done) => {
    control.addHook('onRequest', requireBearer(deps.secret));

    control.get('/control/faults', async () => faults);

    control.post('/control/faults', async (request) => {
      Object.assign(faults, parseRequest(faultsSchema, request.body));
      if (!faults.holdCallbacks) deliveries.resume();
      return faults;
    });

    control.post('/control/pay/:requestId', async (request) => {
      const { requestId } = parseRequest(payParamsSchema, request.params);
      const paidAt = parseRequest(payBodySchema, request.body);
      const receipt = await ledger.pay(requestId, paidAt === undefined ? undefined : new Date(paidAt).toISOString());
      deliveries.send(receipt);
      return receipt;
    });

    control.post('/control/redeliver/:receiptId', async (request, reply) => {
      const { receiptId } = parseRequest(redeliverParamsSchema, request.params);
      const { times } = parseRequest(redeliverQuerySchema, request.query);
      const receipt = await ledger.requeue(receiptId, times);
      deliveries.send(receipt);
      return reply.status(202).send({ receiptId, times });
    });
    done();
  });
}
