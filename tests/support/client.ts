import { randomUUID } from 'node:crypto';
import type { System } from './system';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: T;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies are asserted, not typed
export type Body = any;

/** Speaks to the API as one person would, without sockets. */
export class ApiClient {
  private constructor(
    private readonly system: Pick<System, 'app'>,
    readonly token: string | null,
  ) {}

  static async logIn(system: Pick<System, 'app'>, username: string, tenant: string): Promise<ApiClient> {
    const stranger = new ApiClient(system, null);
    const body = { tenant, username, password: `${username}-demo` };
    const answer = await stranger.send('POST', '/api/v1/tokens', { body });
    if (answer.status !== 201) throw new Error(`log-in of ${username} failed: ${JSON.stringify(answer.body)}`);
    return new ApiClient(system, answer.body.token);
  }

  /** A client with a token got in some other way. */
  static withToken(system: Pick<System, 'app'>, token: string): ApiClient {
    return new ApiClient(system, token);
  }

  /** A client without a token. */
  static stranger(system: Pick<System, 'app'>): ApiClient {
    return new ApiClient(system, null);
  }

  get(path: string): Promise<Answer<Body>> {
    return this.send('GET', path);
  }

  put(path: string, body: unknown): Promise<Answer<Body>> {
    return this.send('PUT', path, { body });
  }

  /** An act, with a fresh idempotency key unless one is given. */
  post(path: string, body: unknown = undefined, key: string = randomUUID()): Promise<Answer<Body>> {
    return this.send('POST', path, { body, headers: { 'idempotency-key': key } });
  }

  async upload(practiceId: string, field: string, name: string, content: Buffer): Promise<Answer<Body>> {
    const boundary = `----iter${randomUUID()}`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
    const payload = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
    return this.send('POST', `/api/v1/practices/${practiceId}/attachments?field=${encodeURIComponent(field)}`, {
      raw: payload,
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
  }

  async send(
    method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
    url: string,
    options: { readonly body?: unknown; readonly raw?: Buffer; readonly headers?: Record<string, string> } = {},
  ): Promise<Answer<Body>> {
    const payload = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await this.system.app.inject({
      method,
      url,
      headers: {
        ...(this.token !== null && { authorization: `Bearer ${this.token}` }),
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(payload !== undefined && { payload }),
    });
    const type = String(response.headers['content-type'] ?? '');
    const body = type.includes('json') && method !== 'HEAD' ? response.json() : response.rawPayload;
    return { status: response.statusCode, headers: response.headers, body };
  }
}
