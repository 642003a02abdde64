import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { authenticate } from '../../application/access/sessions';
import type { Viewer } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { refuse } from '../../domain/errors';
import type { Role } from '../../domain/practice/acts';

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
  interface FastifyContextConfig {
    /** Who may use the route. `public` needs a reason beside it. Every route must say. */
    access?: 'public' | readonly Role[];
  }
}

/**
 * Every route declares who may use it; one that forgets stops the start. The check comes before the body is read, so a
 * stranger learns nothing of it.
 */
export const authPlugin = fp(
  async (app: FastifyInstance, { application }: { readonly application: Application }) => {
    app.decorateRequest('viewer', null);
    app.addHook('onRoute', (route) => {
      // Answers to HEAD and OPTIONS and the files of the documentation come with their parent's configuration.
      if (!route.config?.access && !route.url.startsWith('/docs')) {
        throw new Error(`route ${route.method} ${route.url} does not say who may use it`);
      }
    });
    app.addHook('onRequest', async (request) => {
      const { access } = request.routeOptions.config;
      if (!access || access === 'public') return;
      const viewer = await authenticate(application, bearer(request));
      if (!access.includes(viewer.role)) refuse('FORBIDDEN', { role: viewer.role, roles: access.join(', ') });
      request.viewer = viewer;
    });
  },
  { name: 'auth' },
);

/** The viewer of a route that is not public. */
export function viewerOf(request: FastifyRequest): Viewer {
  return request.viewer ?? refuse('UNAUTHENTICATED');
}

function bearer(request: FastifyRequest): string {
  const match = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.authorization ?? '');
  return match?.[1] ?? refuse('UNAUTHENTICATED');
}
