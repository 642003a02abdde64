import { Agent, request } from 'node:http';
import { pause } from '../load';

const TIMEOUT_MS = 60_000;
const INSIST_MS = 90_000;
const PAUSE_MS = 100;

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token?: string;
  /** Idempotency key, the same when it is sent again. */
  readonly key?: string;
  readonly body?: object;
  readonly raw?: { readonly type: string; readonly bytes: Buffer };
}

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are the API's, checked by status
  readonly body: any;
}

/** Milliseconds that the answers of each route took. */
export type RouteTimes = Map<string, number[]>;

/**
 * A client of many persons over connections that stay open. Each request comes from another address, as behind a
 * proxy: the API limits requests by address, and one that speaks for a whole town would be stopped at once.
 */
export class Http {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 512 });
  private sent = 0;
  /** Requests that had to be sent again because the connection was cut or the answer was 5xx. */
  repeated = 0;
  times: RouteTimes = new Map();

  /** @param insists sends again, with the same key, what got no answer or 5xx, for up to 90 seconds */
  constructor(
    private readonly baseUrl: string,
    private readonly insists = false,
  ) {}

  /** Asks and expects one of these statuses. `route` names the measurement. @throws Error with the body for another one */
  async expect(route: string, statuses: readonly number[], ask: Ask): Promise<Reply> {
    const begin = performance.now();
    const reply = await this.insist(ask, begin + INSIST_MS);
    const ms = performance.now() - begin;
    const times = this.times.get(route) ?? [];
    times.push(ms);
    this.times.set(route, times);
    if (statuses.includes(reply.status)) return reply;
    throw new Error(`${route}: ${ask.method} ${ask.path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  }

  close(): void {
    this.agent.destroy();
  }

  private async insist(ask: Ask, until: number): Promise<Reply> {
    for (;;) {
      const reply = await this.send(ask).catch((error: Error) => error);
      const well = !(reply instanceof Error) && reply.status < 500;
      if (well) return reply;
      if (!this.insists || performance.now() > until) {
        if (reply instanceof Error) throw reply;
        return reply;
      }
      this.repeated += 1;
      await pause(PAUSE_MS);
    }
  }

  private send({ method, path, token, key, body, raw }: Ask): Promise<Reply> {
    const payload = raw?.bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)));
    const type = raw?.type ?? 'application/json';
    this.sent += 1;
    const headers = {
      'x-forwarded-for': `10.${(this.sent >> 10) & 63}.${(this.sent >> 5) & 31}.${this.sent & 31}`,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(payload && { 'content-type': type, 'content-length': payload.length }),
    };
    return new Promise((resolve, reject) => {
      const sending = request(`${this.baseUrl}${path}`, { method, headers, agent: this.agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const json = String(answer.headers['content-type'] ?? '').includes('json');
          resolve({ status: answer.statusCode ?? 0, body: json ? JSON.parse(text) : text });
        });
      });
      sending.setTimeout(TIMEOUT_MS, () => sending.destroy(new Error(`no answer to ${method} ${path}`)));
      sending.on('error', reject);
      sending.end(payload);
    });
  }
}
