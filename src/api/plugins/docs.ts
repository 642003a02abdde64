import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { version } from '../../platform/version';
import { completed, withFormats } from '../openapi';

const zodToJsonConfig = { override: withFormats };
const ofRoute = createJsonSchemaTransform({ zodToJsonConfig });
const ofDocument = createJsonSchemaTransformObject({ zodToJsonConfig });

/** OpenAPI 3.1 from the same schemas that validate, at `/api/v1/openapi.json`, and a page to read it, at `/docs`. */
export const docsPlugin = fp(
  async (app: FastifyInstance, { publicUrl }: { readonly publicUrl: string }) => {
    const https = publicUrl.startsWith('https:');
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Iter',
          version,
          summary: 'Practices of a municipality, from draft to decision',
          // Asked by the Italian interoperability rules, older than `summary` of OpenAPI 3.1.
          ...{ 'x-summary': 'Practices of a municipality, from draft to decision' },
          description:
            'Every act is safe once it is answered: 200 means that every list already shows it, 202 carries a dated ' +
            'receipt and where to look. Acts take an Idempotency-Key; the same key always gets the same receipt, with ' +
            'the practice as it is now.',
          license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
          contact: { name: 'Iter', url: publicUrl },
        },
        // The interoperability rules want https everywhere except where an installation says that it is for trying.
        servers: [
          { url: `${publicUrl}/api/v1`, description: 'This installation', ...(!https && { 'x-sandbox': true }) },
        ],
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
      },
      transform: (document) => {
        const transformed = ofRoute(document);
        // Routes without a token say so.
        return document.route.config?.access === 'public'
          ? { ...transformed, schema: { ...transformed.schema, security: [] } }
          : transformed;
      },
      transformObject: (document) => completed(ofDocument(document)),
    });
    await app.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: true,
      // Without https the page must not be told to fetch its own files over it.
      transformStaticCSP: (policy) => (https ? policy : policy.replace(/ *upgrade-insecure-requests;?/, '')),
      // The badge would send our description to a stranger.
      uiConfig: { validatorUrl: null },
    });
    app.get('/api/v1/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
      reply.type('application/json').send(app.swagger()),
    );
  },
  { name: 'docs', dependencies: ['auth'] },
);
