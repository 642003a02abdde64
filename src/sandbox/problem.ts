import type { z } from 'zod';

/** A refusal of the sandbox as an RFC 9457 problem; `code` is stable, `message` is a sentence for people. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The body sent with `application/problem+json`. */
  body(): { readonly status: number; readonly code: string; readonly title: string; readonly detail: string } {
    return { status: this.status, code: this.code, title: titles[this.status] ?? 'Error', detail: this.message };
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  404: 'Not found',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  500: 'Internal error',
  503: 'Unavailable',
};

/**
 * Validates what came from outside.
 * @throws Problem 400 `invalid-request` that names each wrong field; the caller corrects its request.
 */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new Problem(400, 'invalid-request', details.join('; '));
}
