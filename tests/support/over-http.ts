import type { System } from './system';

type App = System['app'];

/** A request as tests say it to Fastify. */
export type Injected = {
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly payload?: string | Buffer;
};

/** What an `ApiClient` speaks to, when the API is a process of its own. */
export function overHttp(apiUrl: string): { readonly app: App } {
  const inject = async ({ method, url, headers = {}, payload }: Injected) => {
    const body = typeof payload === 'string' ? payload : payload && new Uint8Array(payload);
    const response = await fetch(`${apiUrl}${url}`, { method, headers, ...(body !== undefined && { body }) });
    const rawPayload = Buffer.from(await response.arrayBuffer());
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      rawPayload,
      json: () => JSON.parse(rawPayload.toString()) as unknown,
    };
  };
  return { app: { inject } as unknown as App };
}
