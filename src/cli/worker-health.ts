import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { metricsReader } from '../application/administration/metrics';
import { mayReadMetrics } from '../application/administration/metrics-access';
import { METRICS_TYPE, metricsText } from '../application/administration/metrics-text';
import { systemClock } from '../platform/clock';
import type { Database } from '../platform/database';
import { sdkMetricsText } from '../platform/metrics';

export interface WorkerHealthOptions {
  readonly db: Database;
  /** True while every worker polls. */
  readonly running: () => boolean;
  readonly metricsToken: string | undefined;
  readonly sdkMetricsPort: number | undefined;
}

/** The worker's own small server, for this machine: whether it works, and `/metrics` with those of the SDK. */
export function workerHealth({ db, running, metricsToken, sdkMetricsPort }: WorkerHealthOptions): Server {
  const read = metricsReader(db, systemClock);
  const metrics = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const caller = { address: request.socket.remoteAddress, authorization: request.headers.authorization };
    if (!mayReadMetrics(metricsToken, caller)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    const [ours, sdk] = await Promise.all([read(), sdkMetricsText(sdkMetricsPort)]);
    response.writeHead(200, { 'content-type': METRICS_TYPE }).end(metricsText(ours) + sdk);
  };
  return createServer((request, response) => {
    if (request.url === '/metrics') {
      void metrics(request, response).catch(() => response.writeHead(500).end());
      return;
    }
    const ready = running();
    response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: ready ? 'ready' : 'not ready', path: request.url }));
  });
}
