import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES, OFFICE_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { type ActGiven, takeOfficeAct } from '../../application/practices/acts';
import {
  answerIntegration,
  assertRequestFits,
  integrationAnswerSchema,
  integrationRequestSchema,
} from '../../application/practices/integration';
import { submit } from '../../application/practices/submit';
import { visiblePractice } from '../../application/practices/visibility';
import { serviceOf } from '../../application/services/catalogue';
import type { Prisma } from '../../generated/prisma/client';
import { answerAct } from '../acts';
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
      config: { access: APPLICANT_ROLES },
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

  app.post(
    '/practices/:id/integration-requests',
    {
      config: { access: OFFICE_ROLES },
      schema: {
        tags: ['office'],
        summary: 'Ask the applicant to complete fields and documents',
        headers: idempotencyHeaders,
        params: practiceParams,
        body: integrationRequestSchema.extend({ actVersion }),
        response: responses,
      },
    },
    async (request, reply) => {
      const viewer = viewerOf(request);
      const { actVersion: version, ...asked } = request.body;
      const practice = await visiblePractice(viewer, request.params.id);
      assertRequestFits((await serviceOf(application.db.prisma, practice)).definition, asked);
      const taken = await takeOfficeAct(application, viewer, request.params.id, {
        act: 'requestIntegration',
        idempotencyKey: idempotencyKey(request),
        payload: asked as unknown as Prisma.InputJsonObject,
        actVersion: version,
      });
      return answerAct(application, viewer, taken, reply);
    },
  );

  const office = <B extends z.ZodType>(
    path: string,
    act: ActGiven['act'],
    summary: string,
    body: B,
    given: (body: z.output<B>) => Pick<ActGiven, 'payload' | 'actVersion'>,
    access: readonly ('operator' | 'manager' | 'administrator')[] = ['operator', 'manager'],
  ) =>
    app.post(
      `/practices/:id/${path}`,
      {
        config: { access },
        schema: {
          tags: ['office'],
          summary,
          headers: idempotencyHeaders,
          params: practiceParams,
          body,
          response: responses,
        },
      },
      async (request, reply) => {
        const viewer = viewerOf(request);
        const taken = await takeOfficeAct(application, viewer, request.params.id, {
          act,
          idempotencyKey: idempotencyKey(request),
          ...given(request.body as z.output<B>),
        });
        return answerAct(application, viewer, taken, reply);
      },
    );

  office('take-charge', 'takeCharge', 'Take the practice in charge', z.strictObject({ actVersion }), (body) => ({
    payload: {},
    actVersion: body.actVersion,
  }));
  office(
    'approve',
    'approve',
    'Approve; the decision is written, registered and delivered',
    z.strictObject({ actVersion, message: z.string().trim().max(5000).optional() }),
    (body) => ({ payload: body.message ? { message: body.message } : {}, actVersion: body.actVersion }),
  );
  office(
    'reject',
    'reject',
    'Reject; the reasons are part of the decision (L. 241/1990 art. 3)',
    z.strictObject({ actVersion, message: z.string().trim().min(10).max(5000) }),
    (body) => ({ payload: { message: body.message }, actVersion: body.actVersion }),
  );
  office(
    'retry-registration',
    'retryRegistration',
    'Let a refused or uncertain registration be tried again, after correcting what it needed',
    z.strictObject({}).nullish(),
    () => ({ payload: {} }),
    ['operator', 'manager', 'administrator'],
  );
};
