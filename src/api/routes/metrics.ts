import type { FastifyPluginAsync } from 'fastify';
import { metricsReader } from '../../application/administration/metrics';
import { mayReadMetrics } from '../../application/administration/metrics-access';
import { METRICS_TYPE, metricsText } from '../../application/administration/metrics-text';
import type { Application } from '../../application/application';
import { refuse } from '../../domain/errors';

export interface MetricsRouteOptions {
  readonly application: Pick<Application, 'db' | 'clock'>;
  /** Whoever bears it may read; absent: only this machine may. */
  readonly token?: string;
}

/** `/metrics` in the Prometheus text format. Refusal: `UNAUTHENTICATED`. */
export const metricsRoutes: FastifyPluginAsync<MetricsRouteOptions> = async (app, { application, token }) => {
  const read = metricsReader(application.db, application.clock);
  // Public to the sessions of people: it has its own door, because a watcher has no account.
  app.get('/metrics', { config: { access: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const { ip: address, headers } = request;
    if (!mayReadMetrics(token, { address, authorization: headers.authorization })) refuse('UNAUTHENTICATED');
    return reply.type(METRICS_TYPE).send(metricsText(await read()));
  });
};
