import {
  type DebtPosition,
  type DebtPositionRequest,
  GatewayUnavailable,
  type PaymentsPort,
  PositionRefused,
} from '../../../activities/ports/payments';
import { readPosition, readProblem } from './answers';
import { verifyCallback } from './callback';

export interface SandboxGatewaySettings {
  /** Address of the sandbox, with or without final slash. */
  readonly url: string;
  /** Bearer token of our calls and key of its callbacks. */
  readonly secret: string;
  /** Patience with one call, in milliseconds; 10 s if not given. */
  readonly timeoutMs?: number;
}

type Method = 'GET' | 'PUT' | 'POST';

/** Statuses of a gateway that is ill, not of a request that is wrong. Our own token is cured by an administrator. */
const LATER = new Set([401, 403, 408, 425, 429]);

/** The adapter of the sandbox gateway. Every call may be repeated: the gateway knows positions by our `requestId`. */
export function createSandboxGateway(settings: SandboxGatewaySettings): PaymentsPort {
  const base = settings.url.replace(/\/+$/, '');
  const pathOf = (requestId: string): string => `/gateway/positions/${encodeURIComponent(requestId)}`;
  const call = (method: Method, path: string, body?: unknown): Promise<Answer> =>
    exchange({ ...settings, url: `${base}${path}`, method, body });

  return {
    name: 'sandbox',

    async createPosition(request) {
      const answer = await call('PUT', pathOf(request.requestId), bodyOf(request));
      return positionIn(answer, request.requestId);
    },

    async findPosition(requestId) {
      const answer = await call('GET', pathOf(requestId));
      // Only the gateway's own word: a 404 of some proxy does not prove that the position never existed.
      if (answer.status === 404 && readProblem(404, answer.body).code === 'position-unknown') return undefined;
      return positionIn(answer, requestId);
    },

    async invalidate(requestId) {
      return positionIn(await call('POST', `${pathOf(requestId)}/invalidate`), requestId);
    },

    async checkout(requestId, returnUrl) {
      const query = new URLSearchParams({ returnUrl });
      return { url: `${base}/pay/${encodeURIComponent(requestId)}?${query.toString()}` };
    },

    verifyCallback: (rawBody, headers, now) => verifyCallback(settings.secret, rawBody, headers, now),
  };
}

function bodyOf({ amountCents, reason, expiresAt, payer }: DebtPositionRequest): unknown {
  return { amountCents, reason, expiresAt, payer: { taxCode: payer.taxCode, name: payer.name } };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** One HTTP exchange; whatever leaves the outcome open becomes `GatewayUnavailable`. */
async function exchange(request: {
  readonly url: string;
  readonly method: Method;
  readonly body: unknown;
  readonly secret: string;
  readonly timeoutMs?: number;
}): Promise<Answer> {
  const { url, method, body, secret, timeoutMs = 10_000 } = request;
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${secret}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (error) {
    throw new GatewayUnavailable(`the payment gateway did not answer ${method} within ${timeoutMs} ms or hung up`, {
      cause: error,
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function positionIn({ status, body }: Answer, requestId: string): DebtPosition {
  if (status >= 500 || LATER.has(status)) {
    throw new GatewayUnavailable(`the payment gateway answered ${status}: ${readProblem(status, body).detail}`);
  }
  if (status >= 400) {
    const { code, detail } = readProblem(status, body);
    throw new PositionRefused(code, detail);
  }
  const position = readPosition(body, requestId);
  if (!(position instanceof Error)) return position;
  throw new GatewayUnavailable(`the answer of the payment gateway can't be understood`, { cause: position });
}
