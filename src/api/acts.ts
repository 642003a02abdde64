import type { FastifyReply } from 'fastify';
import type { Viewer } from '../application/access/viewer';
import type { Application } from '../application/application';
import type { Taken } from '../application/inbox/intake';
import { RefusedError, refuse } from '../domain/errors';
import { viewAfter } from './repetitions';

/**
 * Answers an act that is safe in the inbox: 200 with the practice once its effect is visible to every list, the
 * refusal if it was refused, or 202 with a dated receipt and where to look when the engine takes longer.
 */
export async function answerAct(
  app: Application,
  viewer: Viewer,
  taken: Taken,
  reply: FastifyReply,
  extra: object = {},
) {
  const outcome = await app.waiter.wait(taken.commandId, app.waitMs);
  if (outcome?.result === 'refused') return refuse(outcome.code, outcome.params);
  const href = `/api/v1/commands/${taken.commandId}`;
  if (!outcome) {
    const { commandId, practiceId, receivedAt } = taken;
    return reply
      .status(202)
      .header('location', href)
      .send({ commandId, practiceId, receivedAt, status: 'pending', href, ...extra });
  }
  const practice = await viewAfter(app, viewer, taken).catch(gone);
  // A deleted draft is there for nobody, not even to be shown.
  if (!practice) return reply.status(204).send(null);
  return reply
    .status(200)
    .header('etag', `"${practice.actVersion}"`)
    .send({ commandId: taken.commandId, receivedAt: taken.receivedAt, practice, ...extra });
}

function gone(error: unknown): undefined {
  if (error instanceof RefusedError && error.refusal.code === 'PRACTICE_NOT_FOUND') return undefined;
  throw error;
}
