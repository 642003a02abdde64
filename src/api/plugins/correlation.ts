import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Lines of a request name the practice that its address names and the command that its answer names, so that one
 * search through the logs of API and worker tells the story of an act.
 */
export const correlationPlugin = fp(
  async (app: FastifyInstance) => {
    app.addHook('preValidation', async (request, reply) => {
      const { id } = (request.params ?? {}) as { readonly id?: unknown };
      if (typeof id !== 'string' || !UUID.test(id)) return;
      const url = request.routeOptions.url ?? '';
      if (url.includes('/practices/:id')) bind(request, reply, { practice: id });
      else if (url.includes('/commands/:id')) bind(request, reply, { command: id });
    });
    app.addHook('preSerialization', async (request, reply, payload) => {
      const { commandId, practiceId } = (payload ?? {}) as {
        readonly commandId?: unknown;
        readonly practiceId?: unknown;
      };
      if (typeof commandId !== 'string') return payload;
      bind(request, reply, { command: commandId, ...(typeof practiceId === 'string' && { practice: practiceId }) });
      return payload;
    });
  },
  { name: 'correlation' },
);

type Logging = { log: FastifyInstance['log'] };

function bind(request: Logging, reply: Logging, ids: Readonly<Record<string, string>>): void {
  const log = request.log.child(ids);
  request.log = log;
  reply.log = log;
}
