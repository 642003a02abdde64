import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Faults } from './faults';
import { requireBearer } from './http';
import type { Ledger } from './ledger';
import { Problem, parseRequest } from './problem';
import { positionBodySchema, requestIdSchema } from './records';

const paramsSchema = z.object({ requestId: requestIdSchema });

/** Interface of the payment gateway's double, below `/gateway`: the shape of a real one, reduced to what Iter asks of it. */
export function gatewayRoutes(
  app: FastifyInstance,
  deps: { ledger: Ledger; faults: Faults; secret: string; latencyMs: number },
): void {
  const { ledger, faults, latencyMs } = deps;

  app.register((gateway, _options, done) => {
    gateway.addHook('onRequest', requireBearer(deps.secret));
    gateway.addHook('onRequest', async () => {
      if (latencyMs > 0) await pause(latencyMs);
    });
    gateway.addHook('onRequest', async () => {
      if (faults.gatewayFailures === 0) return;
      faults.gatewayFailures -= 1;
      throw new Problem(503, 'unavailable', 'the gateway is out of order, as a test asked');
    });

    gateway.put('/gateway/positions/:requestId', async (request, reply) => {
      const { requestId } = parseRequest(paramsSchema, request.params);
      const body = parseRequest(positionBodySchema, request.body);
      const { position, created } = await ledger.create(requestId, body);
      if (created && faults.loseNextAnswer) {
        faults.loseNextAnswer = false;
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
      }
      return reply.status(created ? 201 : 200).send(position);
    });

    gateway.get('/gateway/positions/:requestId', async (request) =>
      ledger.find(parseRequest(paramsSchema, request.params).requestId),
    );

    gateway.post('/gateway/positions/:requestId/invalidate', async (request) =>
      ledger.invalidate(parseRequest(paramsSchema, request.params).requestId),
    );
    done();
  });
}
