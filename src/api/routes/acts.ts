import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES } from '../../application/access/viewer';
import { ACT_SPECS } from '../../application/acts/catalogue';
import type { ActSpec } from '../../application/acts/spec';
import { takeSpecified } from '../../application/acts/take';
import type { Application } from '../../application/application';
import { answerIntegration, integrationAnswerSchema } from '../../application/practices/integration';
import { submit } from '../../application/practices/submit';
import { ACT_RULES } from '../../domain/practice/acts';
import { answerAct } from '../acts';
import { ACT_EXAMPLES } from '../examples';
import { idempotencyKey } from '../idempotency';
import { viewerOf } from '../plugins/auth';
import { acceptedSchema, idempotencyHeaders, instantSchema, practiceParams, problems } from '../schemas/common';
import { practiceSchema } from '../schemas/practice';

const doneSchema = z.object({ commandId: z.uuid(), receivedAt: instantSchema, practice: practiceSchema });
const sha256 = z.string().describe('SHA-256 of the frozen content');
const actVersion = z.int32().min(0).describe('actVersion of the practice on which you decide');
const responses = { 200: doneSchema, 202: acceptedSchema, ...problems };

/** Acts: one route each. 200 means that every list already shows it; 202 carries a dated receipt. */
export const actRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.post(
    '/practices/:id/submit',
    {
      config: { access: ACT_RULES.submit.roles },
      schema: {
        tags: ['applicant'],
        summary: 'Confirm and send the application',
        headers: idempotencyHeaders,
        params: practiceParams,
        response: { 200: doneSchema.extend({ sha256 }), 202: acceptedSchema.extend({ sha256 }), ...problems },
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const taken = await submit(application, viewer, request.params.id, idempotencyKey(request));
      return answerAct(application, viewer, taken, reply, { sha256: taken.sha256 });
    },
  );

  app.post(
    '/practices/:id/integration-answers',
    {
      config: { access: APPLICANT_ROLES },
      schema: {
        tags: ['applicant'],
        summary: 'Answer the open integration request, complete',
        headers: idempotencyHeaders,
        params: practiceParams,
        body: integrationAnswerSchema,
        response: responses,
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const key = idempotencyKey(request);
      const taken = await answerIntegration(application, viewer, request.params.id, request.body, key);
      return answerAct(application, viewer, taken, reply);
    },
  );

  for (const spec of ACT_SPECS) {
    const { roles } = ACT_RULES[spec.act];
    app.post(
      `/practices/:id/${spec.path}`,
      {
        config: { access: roles },
        schema: {
          tags: [roles.some((role) => APPLICANT_ROLES.includes(role)) ? 'applicant' : 'office'],
          summary: spec.summary,
          headers: idempotencyHeaders,
          params: practiceParams,
          body: bodyOf(spec),
          response: spec.act === 'deleteDraft' ? { ...responses, 204: z.null() } : responses,
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const { actVersion: version, ...body } = (request.body ?? {}) as { actVersion?: number };
        const taken = await takeSpecified(application, viewer, request.params.id, spec, {
          idempotencyKey: idempotencyKey(request),
          body,
          ...(version !== undefined && { actVersion: version }),
        });
        return answerAct(application, viewer, taken, reply);
      },
    );
  }
};

/** Versioned acts name the version they were decided on; an act that needs nothing may come without a body. */
function bodyOf({ act, body }: ActSpec): z.ZodType {
  const shape = body as z.ZodObject;
  const example = ACT_EXAMPLES[act];
  if (ACT_RULES[act].versioned) {
    return shape.extend({ actVersion }).meta({ examples: [{ ...example, actVersion: 4 }] });
  }
  const shown = example ? shape.meta({ examples: [example] }) : shape;
  return shape.safeParse({}).success ? shown.nullish() : shown;
}
