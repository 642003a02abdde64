import { ApiClient, type ApiClient as Client } from '../../support/client';
import type { Injected } from '../../support/over-http';
import type { System } from '../../support/system';

/** What a patient person met on the way to an answer. */
export interface Met {
  /** Answers 503. */
  unavailable: number;
  /** Those among them that did not say when to come back. */
  withoutRetryAfter: number;
  /** Calls that nobody answered, or whose connection broke. */
  unreachable: number;
}

const PAUSE_MS = 250;

type App = System['app'];
/**
 * The same system as people see it from far away: through a process of the API, by HTTP, and patiently. What is not
 * answered, or with 503, is asked again with the same `Idempotency-Key`, as every client must, until it is over.
 */
export function fromFar(
  system: System,
  apiUrl: string,
  limitMs: number,
  over: AbortSignal,
): System & { readonly met: Met } {
  const met: Met = { unavailable: 0, withoutRetryAfter: 0, unreachable: 0 };
  const inject = (request: Injected) => patiently(apiUrl, request, met, limitMs, over);
  const app = { inject } as unknown as App;
  const as = (username: string, tenant = 'bugliano'): Promise<Client> => ApiClient.logIn({ app }, username, tenant);
  return { ...system, app, as, met };
}

async function patiently(
  apiUrl: string,
  { method, url, headers, payload }: Injected,
  met: Met,
  limitMs: number,
  over: AbortSignal,
) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await once(`${apiUrl}${url}`, {
      method,
      ...(headers && { headers }),
      ...(payload && { body: payload }),
    });
    const tooMany = answer?.statusCode === 429;
    if (answer && answer.statusCode !== 503 && !tooMany) return answer;
    if (!answer) met.unreachable += 1;
    else if (!tooMany) {
      met.unavailable += 1;
      if (!answer.headers['retry-after']) met.withoutRetryAfter += 1;
    }
    over.throwIfAborted();
    if (Date.now() > deadline) throw new Error(`${method} ${url}: no answer within ${limitMs} ms`);
    // One address has a number of requests a minute; all people of a test share one.
    const pauseMs = tooMany ? 1_000 * Number(answer.headers['retry-after'] ?? 1) : PAUSE_MS;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function once(url: string, request: RequestInit) {
  try {
    const response = await fetch(url, request);
    const rawPayload = Buffer.from(await response.arrayBuffer());
    const payload = rawPayload.toString();
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      payload,
      rawPayload,
      json: () => JSON.parse(payload) as unknown,
    };
  } catch {
    return undefined;
  }
}
