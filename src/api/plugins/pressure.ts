import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Application } from '../../application/application';
import { refuse } from '../../domain/errors';

/** Who asks while others have waited so long for a connection would only wait as well. */
const LONGEST_WAIT_MS = 2_000;
/** How long a refusal for want of space is held against the database. */
const FULL_FOR_MS = 30_000;

declare module 'fastify' {
  interface FastifyInstance {
    pressure: {
      /** Notes that the database has just refused something for want of space. */
      databaseFull(): void;
      /** True when it did so in the last half minute. A question that writes nothing would not tell. */
      wasDatabaseFull(): boolean;
    };
  }
}

/**
 * Turns requests away at the door while the database is behind: what has begun can then end, and who is turned away
 * knows it at once. Refusal: `OVERLOADED`. Whether the process lives and is ready is answered in any case.
 */
export const pressurePlugin = fp(
  async (app: FastifyInstance, { application }: { readonly application: Application }) => {
    let fullAt = Number.NEGATIVE_INFINITY;
    app.decorate('pressure', {
      databaseFull: () => {
        fullAt = Date.now();
      },
      wasDatabaseFull: () => Date.now() - fullAt < FULL_FOR_MS,
    });
    app.addHook('onRequest', async (request) => {
      if (request.url.startsWith('/api/') && application.db.waitedMs() > LONGEST_WAIT_MS) refuse('OVERLOADED');
    });
  },
  { name: 'pressure' },
);
