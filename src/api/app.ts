import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import type { Application } from '../application/application';
import { uuidv7 } from '../platform/digest';
import { authPlugin } from './plugins/auth';
import { correlationPlugin } from './plugins/correlation';
import { docsPlugin } from './plugins/docs';
import { errorsPlugin, unroutable } from './plugins/errors';
import { pressurePlugin } from './plugins/pressure';
import { actRoutes } from './routes/acts';
import { attachmentRoutes } from './routes/attachments';
import { callbackRoutes } from './routes/callbacks';
import { conversationRoutes } from './routes/conversation';
import { directoryRoutes } from './routes/directory';
import { exportRoutes } from './routes/exports';
import { healthRoutes } from './routes/health';
import { listRoutes } from './routes/lists';
import { metricsRoutes } from './routes/metrics';
import { noticeRoutes } from './routes/notices';
import { notificationRoutes } from './routes/notifications';
import { paymentRoutes } from './routes/payments';
import { practiceRoutes } from './routes/practices';
import { serviceRoutes } from './routes/services';
import { statisticsRoutes } from './routes/statistics';
import { statusRoutes } from './routes/status';
import { tokenRoutes } from './routes/tokens';
import { validatorCompiler } from './validation';

export interface ApiOptions {
  readonly application: Application;
  readonly log: Logger;
  /** Requests per minute and address. */
  readonly requestsPerMinute?: number;
  /** Who bears it may read the metrics; absent: only this machine may. */
  readonly metricsToken?: string;
}

/** The API as an application that can listen, be injected with requests, or be part of another. */
export async function buildApp({
  application,
  log,
  requestsPerMinute = 1200,
  metricsToken,
}: ApiOptions): Promise<FastifyInstance> {
  const https = application.publicUrl.startsWith('https:');
  const app = Fastify({
    loggerInstance: log,
    genReqId: () => uuidv7(Date.now()),
    bodyLimit: 256 * 1024,
    // A client that stops sending must not hold a connection; uploads of 30 MB on slow lines still pass.
    requestTimeout: 300_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    // Addresses that the router can't read never reach the error handler.
    frameworkErrors: unroutable,
    trustProxy: 'loopback',
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Nothing here takes plain text: it must be refused as a type, not as a wrong object.
  app.removeContentTypeParser('text/plain');

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], upgradeInsecureRequests: https ? [] : null },
    },
  });
  await app.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute', hook: 'onRequest' });
  await app.register(pressurePlugin, { application });
  await app.register(errorsPlugin);
  await app.register(correlationPlugin);
  await app.register(authPlugin, { application });
  await app.register(docsPlugin, { publicUrl: application.publicUrl });

  const api = { prefix: '/api/v1', application };
  await app.register(healthRoutes, { application });
  await app.register(statusRoutes, { prefix: '/api/v1' });
  await app.register(tokenRoutes, api);
  await app.register(serviceRoutes, api);
  await app.register(metricsRoutes, { application, ...(metricsToken !== undefined && { token: metricsToken }) });
  await app.register(directoryRoutes, api);
  // Lists and exports have fixed names where a practice has its id: they come first.
  await app.register(listRoutes, api);
  await app.register(exportRoutes, api);
  await app.register(statisticsRoutes, api);
  await app.register(practiceRoutes, api);
  await app.register(actRoutes, api);
  await app.register(paymentRoutes, api);
  await app.register(conversationRoutes, api);
  await app.register(notificationRoutes, api);
  await app.register(noticeRoutes, api);
  await app.register(attachmentRoutes, api);
  await app.register(callbackRoutes, api);
  return app as unknown as FastifyInstance;
}
