import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { version } from '../../platform/version';

/** OpenAPI 3.1 from the same schemas that validate, at `/api/v1/openapi.json`, and a page to read it, at `/docs`. */
export const docsPlugin = fp(
  async (app: FastifyInstance, { publicUrl }: { readonly publicUrl: string }) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Iter',
          version,
          summary: 'Practices of a municipality, from draft to decision',
          description:
            'Every act is safe once it is answered: 200 means that every list already shows it, 202 carries a dated ' +
            'receipt and where to look. Acts take an Idempotency-Key; the same key always gets the same answer.',
          license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
          contact: { name: 'Iter', url: publicUrl },
        },
        servers: [{ url: publicUrl, description: 'This installation' }],
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      },
      transform: jsonSchemaTransform,
      transformObject: jsonSchemaTransformObject,
    });
    await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
    app.get('/api/v1/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
      reply.type('application/json').send(app.swagger()),
    );
  },
  { name: 'docs', dependencies: ['auth'] },
);
