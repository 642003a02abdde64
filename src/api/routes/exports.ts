import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Application } from '../../application/application';
import { aggregatePractices } from '../../application/queries/aggregates';
import { exportPractices } from '../../application/queries/export';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { fileAnswer, problems } from '../schemas/common';
import { aggregatesQuery, aggregatesSchema, exportQuery, filtersOf } from '../schemas/lists';

/** What leaves the lists: files and totals over everything that matches, whatever its size. */
export const exportRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.get(
    '/practices/export.csv',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'The matching practices as CSV, with any form field of one service',
        description:
          'For Italian spreadsheets: `;` between cells, UTF-8 with byte order mark, CRLF, times in Europe/Rome. A text ' +
          'that would be read as a formula has an apostrophe in front. Sent while it is read; an answer that is cut ' +
          'before its end is incomplete.',
        querystring: exportQuery,
        response: { 200: fileAnswer('The file', ['text/csv']), ...problems },
      },
    },
    async (request, reply) => {
      const { columns, ...filters } = request.query;
      const file = await exportPractices(application, viewerOf(request), filtersOf(filters), columns);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .header('cache-control', 'no-store')
        .send(file.content);
    },
  );

  app.get(
    '/practices/aggregates',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Sum, mean and count of the form fields of one service, with the filters of the list',
        querystring: aggregatesQuery,
        response: { 200: aggregatesSchema, ...problems },
      },
    },
    async (request) => aggregatePractices(application, viewerOf(request), filtersOf(request.query)),
  );
};
