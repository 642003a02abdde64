import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { OFFICE_ROLES, OVERSIGHT_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { statistics } from '../../application/queries/statistics';
import { viewerOf } from '../plugins/auth';
import { legalDateSchema, problems, statusSchema } from '../schemas/common';
import { legalDate, queryDate } from '../schemas/lists';

const byStatus = z.array(z.object({ status: statusSchema, label: z.string(), practices: z.int32() }));

const statisticsSchema = z.object({
  from: legalDateSchema,
  to: legalDateSchema,
  practices: z.int32(),
  byYear: z.array(z.object({ year: z.int32(), practices: z.int32() })),
  byMonth: z.array(z.object({ year: z.int32(), month: z.int32(), practices: z.int32() })),
  byService: z.array(z.object({ service: z.string(), name: z.string(), practices: z.int32() })),
  byState: byStatus,
  byOutcome: byStatus,
  decided: z.int32(),
  medianDays: z.number().nullable().describe('From arrival to decision, suspensions included'),
  p90Days: z.number().nullable().describe('Nine of ten were decided within so many days'),
  late: z.int32(),
  lateShare: z.number().nullable().describe('0 to 1'),
  activeServices: z.int32().describe('Published services that the caller’s offices handle; all, for oversight'),
});

/** Numbers about the work of offices. */
export const statisticsRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.get(
    '/statistics',
    {
      config: { access: [...OFFICE_ROLES, ...OVERSIGHT_ROLES] },
      schema: {
        tags: ['offices'],
        summary: 'Practices that arrived in a period, times and lateness; officers see their own services',
        querystring: z.strictObject({
          service: z.string().min(1).max(60).optional(),
          office: z.string().min(1).max(60).optional().describe('Code of an office'),
          from: queryDate.optional().describe('Absent: the day of the first practice'),
          to: queryDate.optional().describe('Absent: today'),
        }),
        response: { 200: statisticsSchema, ...problems },
      },
    },
    async (request) => {
      const { service, office, from, to } = request.query;
      return statistics(application, viewerOf(request), { service, office, from: legalDate(from), to: legalDate(to) });
    },
  );
};
