import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { html, page } from './html';
import { Problem } from './problem';

/** No script, nothing from elsewhere; a page that needs more replaces the header itself. */
export const STRICT_CSP =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const MACHINE_PATHS = /^\/(gateway|control|health)\b|\.json(\?|$)/;

/** Headers of every answer, the two shapes of errors (problem or page), and the parser of plain HTML forms. */
export function installHttpRules(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', STRICT_CSP);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body.toString())));
  });
  app.setErrorHandler((error: FastifyError | Problem, request, reply) => {
    const problem = error instanceof Problem ? error : fromFastify(error);
    if (problem.status >= 500 && !(error instanceof Problem)) request.log.error({ err: error }, 'request failed');
    return answerProblem(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) =>
    answerProblem(request, reply, new Problem(404, 'not-found', `nothing at ${request.method} ${request.url}`)),
  );
}

/** Refuses whoever does not hold the shared secret, before anything else is looked at. */
export function requireBearer(secret: string): (request: FastifyRequest) => Promise<void> {
  const expected = digest(`Bearer ${secret}`);
  return async (request) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return;
    throw new Problem(401, 'unauthorized', 'the bearer token is missing or is not the secret of this sandbox');
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function fromFastify(error: FastifyError): Problem {
  const status = error.statusCode ?? 500;
  if (status >= 500) return new Problem(500, 'internal', 'the sandbox failed: its log says why');
  return new Problem(status, 'invalid-request', error.message);
}

function answerProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  if (MACHINE_PATHS.test(request.url)) {
    if (problem.status === 503) reply.header('retry-after', '1');
    return reply.status(problem.status).type('application/problem+json').send(problem.body());
  }
  const sentence = problem.status === 404 ? 'Questa pagina non esiste.' : 'La richiesta non è riuscita.';
  const body = html`<h1>${sentence}</h1><p>${problem.message}</p><p><a href="/">Vai alla pagina iniziale</a></p>`;
  return reply.status(problem.status).type('text/html; charset=utf-8').send(page(sentence, body));
}
