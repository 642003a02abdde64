import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { APPLICANT_ROLES, OFFICE_ROLES } from '../../application/access/viewer';
import type { Application } from '../../application/application';
import { FILE_KINDS } from '../../application/files/kinds';
import { MAX_MEGABYTES_TOGETHER, PLACE_NAMES, PLACES } from '../../application/files/places';
import { addAttachment, readAttachment, removeAttachment } from '../../application/practices/attachments';
import { refuse } from '../../domain/errors';
import { ROLES } from '../../domain/practice/acts';
import { viewerOf } from '../plugins/auth';
import { fileAnswer, practiceParams, problems } from '../schemas/common';
import { attachmentSchema } from '../schemas/practice';

const CONTENT_TYPES = [...new Set(Object.values(FILE_KINDS).map(({ contentType }) => contentType))];
/** Notes and decisions are written by the office; what else each may upload depends on the field. */
const UPLOADERS = [...APPLICANT_ROLES, ...OFFICE_ROLES];

const placesSchema = z.object({
  items: z.array(
    z.object({
      place: z.enum(PLACE_NAMES),
      label: z.string(),
      accept: z.array(z.object({ kind: z.string(), label: z.string(), extensions: z.array(z.string()) })),
      maxMegabytes: z.int32().describe('Of one file, in MB of 1024 × 1024 bytes'),
      maxFiles: z.int32().describe('Of one person in one practice'),
    }),
  ),
  maxMegabytesTogether: z.int32().describe('Of one person in one practice, all places together'),
});

const places = {
  items: PLACE_NAMES.map((place) => {
    const { label, accept, maxMegabytes, maxFiles } = PLACES[place];
    const kinds = accept.map((kind) => {
      const { label: name, extensions } = FILE_KINDS[kind];
      return { kind, label: name, extensions: [...extensions] };
    });
    return { place, label, accept: kinds, maxMegabytes, maxFiles };
  }),
  maxMegabytesTogether: MAX_MEGABYTES_TOGETHER,
};

const attachmentParams = practiceParams.extend({ attachmentId: z.uuid() });

/** Files, streamed both ways. Limits and types are those of the place, narrowed for the form by the service. */
export const attachmentRoutes: FastifyPluginAsyncZod<{ application: Application }> = async (app, { application }) => {
  await app.register(multipart, {
    // The service's own limit comes first; this one only bounds what no service may accept.
    // Other parts are read over: forms of browsers and libraries add some.
    limits: { files: 1, fields: 10, fieldSize: 1024, fileSize: 31 * 1024 * 1024, headerPairs: 50 },
    throwFileSizeLimit: false,
  });

  app.get(
    '/files/places',
    {
      config: { access: ROLES },
      schema: {
        tags: ['services'],
        summary: 'Which files are taken where, and how large',
        response: { 200: placesSchema, ...problems },
      },
    },
    async () => places,
  );

  app.post(
    '/practices/:id/attachments',
    {
      config: { access: UPLOADERS },
      schema: {
        tags: ['practices'],
        summary: 'Upload one file for a field (multipart/form-data, part "file")',
        consumes: ['multipart/form-data'],
        params: practiceParams,
        querystring: z.strictObject({ field: z.string().min(1).max(100) }),
        response: { 201: attachmentSchema, ...problems },
      },
    },
    async (request, reply) => {
      if (!request.isMultipart()) return refuse('FILE_MISSING');
      const parts = request.parts();
      const part = (await firstFile(parts)) ?? refuse('FILE_MISSING');
      try {
        const attachment = await addAttachment(application, viewerOf(request), request.params.id, {
          field: request.query.field,
          name: part.filename,
          content: onlyFile(part.file, parts),
        });
        return reply.status(201).send(attachment);
      } finally {
        // What was not read must flow away past the parser, which stands still once its file is given up: the client
        // would wait for the rest of its request to be taken, and not look at our answer.
        request.raw.unpipe();
        request.raw.resume();
      }
    },
  );

  app.delete(
    '/practices/:id/attachments/:attachmentId',
    {
      config: { access: UPLOADERS },
      schema: {
        tags: ['practices'],
        summary: 'Take a file out of a draft, or of a message or note that is not written yet',
        params: attachmentParams,
        response: { 204: z.null(), ...problems },
      },
    },
    async (request, reply) => {
      const { id, attachmentId } = request.params;
      await removeAttachment(application, viewerOf(request), id, attachmentId);
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/practices/:id/attachments/:attachmentId',
    {
      config: { access: ROLES },
      schema: {
        tags: ['practices'],
        summary: 'Content of an attachment',
        params: attachmentParams,
        response: { 200: fileAnswer('The file', CONTENT_TYPES), ...problems },
      },
    },
    async (request, reply) => {
      const { id, attachmentId } = request.params;
      const file = await readAttachment(application, viewerOf(request), id, attachmentId);
      return reply
        .type(file.contentType)
        .header('content-length', file.bytes)
        .header('content-disposition', `attachment; filename*=UTF-8''${headerText(file.name)}`)
        .send(file.content);
    },
  );
};

type Parts = AsyncIterableIterator<Multipart>;

async function firstFile(parts: Parts): Promise<MultipartFile | undefined> {
  try {
    for (let next = await parts.next(); !next.done; next = await parts.next()) {
      if (next.value.type === 'file') return next.value;
    }
    return undefined;
  } catch (error) {
    return unreadable(error);
  }
}

/** The file to its end and to the end of the form: one cut off on the way, or one of several, is not taken. */
async function* onlyFile(file: AsyncIterable<Buffer>, parts: Parts): AsyncGenerator<Buffer> {
  try {
    yield* file;
    while (!(await parts.next()).done);
  } catch (error) {
    unreadable(error);
  }
}

/** What the parser does not take is the caller's form, not our failure. */
function unreadable(error: unknown): never {
  const several = (error as { code?: string }).code === 'FST_FILES_LIMIT';
  return refuse('MALFORMED_BODY', {
    reason: several ? 'contiene più di un file' : 'il modulo multipart/form-data è incompleto o non valido',
  });
}

/** RFC 8187: the quote and a few others that `encodeURIComponent` leaves must be encoded, too. */
function headerText(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
