import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { paymentNotice, paymentReceipt } from '../../application/documents/payment-notice';
import { paymentsOf } from '../../application/practices/payments';
import { checkoutOf } from '../../application/practices/view';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { fileAnswer, instantSchema, practiceParams, problems } from '../schemas/common';

const paymentSchema = z.object({
  ordinal: z.int32(),
  phase: z.string().describe('request or release'),
  status: z.string().describe('requested, open, paid, expired or cancelled'),
  reason: z.string(),
  amountCents: z.int32(),
  means: z.string().describe('online or counter'),
  iuv: z.string().nullable(),
  noticeNumber: z.string().nullable(),
  provider: z.string().nullable(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  paidAt: instantSchema.nullable(),
  note: z.string().nullable().describe('Why an officer recorded it; null for applicants'),
  notice: z.string().nullable().describe('Where the notice to pay elsewhere is'),
  receipt: z.string().nullable().describe('Where the receipt is'),
});

const ordinalParams = practiceParams.extend({ ordinal: z.coerce.number().int().min(1).max(10_000) });

/** Money of a practice: what is asked, the page where it is paid, and its papers. */
export const paymentRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.get(
    '/practices/:id/payments',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Payments of a practice, oldest first',
        params: practiceParams,
        response: { 200: z.object({ items: z.array(paymentSchema) }), ...problems },
      },
    },
    async (request) => ({ items: await paymentsOf(viewerOf(request), request.params.id) }),
  );

  app.get(
    '/practices/:id/checkout',
    {
      config: { access: APPLICANT_ROLES },
      schema: {
        tags: ['applicant'],
        summary: 'Page where the applicant pays; coming back from it proves nothing',
        params: practiceParams,
        querystring: z.strictObject({ returnUrl: z.url({ protocol: /^https?$/ }).optional() }),
        response: { 200: z.object({ url: z.url() }), ...problems },
      },
    },
    async (request) => {
      const { id } = request.params;
      const returnUrl = request.query.returnUrl ?? `${application.publicUrl}/api/v1/practices/${id}`;
      return { url: await checkoutOf(application, viewerOf(request), id, returnUrl) };
    },
  );

  for (const [path, summary, make] of [
    ['notice', 'Notice to pay away from this site (PDF/A)', paymentNotice],
    ['receipt', 'Proof of a payment (PDF/A)', paymentReceipt],
  ] as const) {
    app.get(
      `/practices/:id/payments/:ordinal/${path}`,
      {
        config: { access: ROLES },
        schema: {
          tags: ['practices'],
          summary,
          params: ordinalParams,
          response: { 200: fileAnswer('The document', ['application/pdf']), ...problems },
        },
      },
      async (request, reply) => {
        const { id, ordinal } = request.params;
        const paper = await make(application, viewerOf(request), id, ordinal);
        return reply
          .type('application/pdf')
          .header('content-disposition', `attachment; filename="${paper.name}"`)
          .send(paper.content);
      },
    );
  }
};
