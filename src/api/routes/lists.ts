import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Application } from '../../application/application';
import { countPractices } from '../../application/queries/counts';
import { listFolders } from '../../application/queries/folders';
import { listPractices } from '../../application/queries/list-practices';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { problems } from '../schemas/common';
import {
  countsQuery,
  countsSchema,
  filtersOf,
  foldersQuery,
  foldersSchema,
  listQuery,
  practiceListSchema,
} from '../schemas/lists';

/** Lists of practices, as far as the caller may see them. */
export const listRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  app.get(
    '/practices',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Practices that the caller may see',
        description:
          'Pages are cut by key: rows that arrive while one reads neither repeat nor hide others. An exact number in ' +
          '`q` comes first, whatever the sort.',
        querystring: listQuery,
        response: { 200: practiceListSchema, ...problems },
      },
    },
    async (request) => {
      const { sort, order, limit, cursor, count, ...filters } = request.query;
      return listPractices(application, viewerOf(request), filtersOf(filters), { sort, order, limit, cursor, count });
    },
  );

  app.get(
    '/practices/folders',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'The same list grouped by folder, last changed first',
        querystring: foldersQuery,
        response: { 200: foldersSchema, ...problems },
      },
    },
    async (request) => {
      const { limit, cursor, ...filters } = request.query;
      return listFolders(application, viewerOf(request), filtersOf(filters), { limit, cursor });
    },
  );

  app.get(
    '/practices/counts',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Numbers on the tabs: of the applicant’s area, or of the office’s work',
        querystring: countsQuery,
        response: { 200: countsSchema, ...problems },
      },
    },
    async (request) => countPractices(application, viewerOf(request), request.query),
  );
};
