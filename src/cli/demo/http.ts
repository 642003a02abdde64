import { z } from 'zod';
import { problemSchema } from '../../api/schemas/common';
import { DemoFailure, insist, type Patience, Trouble } from './patience';

const REQUEST_TIMEOUT_MS = 30_000;

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Made anew for each attempt: a body that was sent can't be sent again. */
  readonly body?: () => string | FormData;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly bytes: Buffer;
}

/** Sends a request until an answer comes that repeating would not change. `what` names it for the person who watches. */
export function exchange(what: string, patience: Patience, request: Request): Promise<Answer> {
  const again = request.headers?.['idempotency-key'] ? 'trying again with the same key' : 'trying again';
  return insist(what, patience, () => once(request), again);
}

/** Sends a request once. @throws Trouble for a cut connection, 429 and 5xx */
export async function once({ method, url, headers, body }: Request): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(headers && { headers: { ...headers } }),
      ...(body && { body: body() }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.status >= 500 || response.status === 429) throw new Trouble(`answered ${response.status}`);
    return { status: response.status, type: response.headers.get('content-type') ?? '', bytes };
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(connectionError(error));
  }
}

/** The body of an answer that must have this status and this shape. @throws DemoFailure saying what came instead */
export function expectBody<S extends z.ZodType>(what: string, answer: Answer, status: number, schema: S): z.output<S> {
  if (answer.status !== status) throw new DemoFailure(`${what}: expected ${status}, got ${described(answer)}`);
  const parsed = schema.safeParse(JSON.parse(answer.bytes.toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new DemoFailure(`${what}: the answer is not what the API promises: ${z.prettifyError(parsed.error)}`);
}

/** An answer that nobody wanted, for the person who has to understand it. */
export function described(answer: Answer): string {
  if (!answer.type.includes('json')) return `${answer.status} (${answer.type || 'no content'})`;
  const problem = problemSchema.safeParse(JSON.parse(answer.bytes.toString('utf8')));
  if (!problem.success) return `${answer.status}: ${answer.bytes.toString('utf8').slice(0, 300)}`;
  const { code, detail, errors = [] } = problem.data;
  const wrong = errors.map(({ path, message }) => `\n    ${path}: ${message}`).join('');
  return `${answer.status} ${code}: ${detail}${wrong}`;
}

function connectionError(error: unknown): string {
  // Not by class: an error of `fetch` may come from another realm.
  const { name, message, cause } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly cause?: { readonly code?: string; readonly message?: string };
  };
  if (name === 'TimeoutError') return `no answer within ${REQUEST_TIMEOUT_MS / 1000} s`;
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
