import '@fastify/rate-limit';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { type FieldError, type Refusal, type RefusalCode, RefusedError, refusal } from '../../domain/errors';
import { PROBLEM_TYPE, problemOf } from '../problem';
import { isDatabaseFull, troubleOf } from '../trouble';

/** Load goes down soon; space has to be made by somebody. */
const RETRY_AFTER_SECONDS: Readonly<Partial<Record<RefusalCode, string>>> = { OVERLOADED: '5', STORAGE_FULL: '120' };

/** Turns whatever goes wrong into one problem document. What is not foreseen is logged whole and told as little as possible. */
export const errorsPlugin = fp(
  async (app: FastifyInstance) => {
    app.setErrorHandler((error: FastifyError, request, reply) => {
      const { refused, fields } = understand(error, request, reply);
      const problem = problemOf(refused, request.id, fields);
      if (isDatabaseFull(error)) app.pressure.databaseFull();
      if (problem.status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed');
      else request.log.info({ code: problem.code }, 'request refused');
      return send(reply, problem);
    });
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
      send(reply, problemOf(refusal('ROUTE_NOT_FOUND', { method: request.method, path: pathOf(request) }), request.id)),
    );
  },
  { name: 'errors', dependencies: ['@fastify/rate-limit', 'pressure'] },
);

/** An address that can't be decoded, or a part of it that is far too long: nothing is there. */
export function unroutable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void send(
    reply,
    problemOf(refusal('ROUTE_NOT_FOUND', { method: request.method, path: pathOf(request) }), request.id),
  );
}

function send(reply: FastifyReply, problem: ReturnType<typeof problemOf>): FastifyReply {
  if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS[problem.code] ?? '30');
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  // The route's answer schema does not apply to problems, hence the text.
  return reply.status(problem.status).type(PROBLEM_TYPE).serializer(String).send(JSON.stringify(problem));
}

function understand(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): { refused: Refusal; fields: readonly FieldError[] } {
  if (error instanceof RefusedError) return { refused: error.refusal, fields: error.fields };
  return { refused: byCode(error, request, reply), fields: [] };
}

function byCode(error: FastifyError, request: FastifyRequest, reply: FastifyReply): Refusal {
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refusal('UNSUPPORTED_MEDIA_TYPE', { contentType: request.headers['content-type'] ?? '' });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refusal('BODY_TOO_LARGE', { maxBytes: request.routeOptions.bodyLimit });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refusal('MALFORMED_BODY', { reason: 'il corpo è vuoto' });
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return refusal('MALFORMED_BODY', { reason: 'non è JSON valido' });
    default:
      break;
  }
  if (error.statusCode === 429) {
    return refusal('TOO_MANY_REQUESTS', { retryAfterSeconds: Number(reply.getHeader('retry-after') ?? 60) });
  }
  if (error.statusCode === 400) return refusal('MALFORMED_BODY', { reason: 'richiesta non valida' });
  return refusal(troubleOf(error) ?? 'INTERNAL');
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '';
}
