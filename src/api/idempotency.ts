import type { FastifyRequest } from 'fastify';
import { refuse } from '../domain/errors';

/** The caller's key for this act. Refusal: `IDEMPOTENCY_KEY_MISSING` when absent or of another form. */
export function idempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[A-Za-z0-9._-]{8,100}$/.test(key)) return refuse('IDEMPOTENCY_KEY_MISSING');
  return key;
}
