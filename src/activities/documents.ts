import { Readable } from 'node:stream';
import { composeDocument } from '../application/documents/compose';
import type { TextRequest } from '../application/documents/gather';
import { RECEIPT_ORDINAL } from '../application/documents/receipt';
import { responseDocumentOf } from '../application/documents/response-document';
import { asId, type Sha256 } from '../domain/ids';
import type { DocumentActivities } from './contract';
import type { ActivityDeps } from './deps';

/** Documents of ours are small; this only bounds a defect. */
const MAX_BYTES = 50 * 1024 * 1024;

type Deps = Pick<ActivityDeps, 'db' | 'store' | 'renderer'>;

/** Activities of the queue `documents`. */
export function documentActivities(deps: Deps): DocumentActivities {
  return {
    async renderDocument(input) {
      // The applicant's receipt is made with the request. The register is not told of it: it has no number.
      if (input.kind === 'request') await make(deps, { ...input, document: RECEIPT_ORDINAL, kind: 'receipt' });
      return { sha256: await make(deps, input) };
    },
  };
}

/** What is known of a document's file, wherever it came from. */
interface Made {
  readonly title: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdAt: string;
}

async function make(deps: Deps, input: TextRequest): Promise<Sha256> {
  const { prisma } = deps.db;
  const key = { practiceId: input.practice, ordinal: input.document };
  const known = await prisma.document.findUnique({ where: { practiceId_ordinal: key } });
  if (known) return asId<Sha256>(known.sha256);
  const { tenantId } = await prisma.practice.findUniqueOrThrow({ where: { id: input.practice } });
  const made = (await uploaded(deps, input)) ?? (await rendered(deps, input, tenantId));
  // Of two attempts at the same time one row wins; both made the same bytes.
  await prisma.document.createMany({ data: [{ ...key, tenantId, kind: input.kind, ...made }], skipDuplicates: true });
  const row = await prisma.document.findUniqueOrThrow({ where: { practiceId_ordinal: key } });
  return asId<Sha256>(row.sha256);
}

/** The officer's own file stands for the document; its bytes have been in the store since it was uploaded. */
async function uploaded({ db }: Deps, input: TextRequest): Promise<Made | undefined> {
  const response = await responseDocumentOf(db.prisma, input);
  if (!response) return undefined;
  const { contentType, bytes, sha256 } = response.file;
  return { title: response.title, contentType, bytes, sha256, createdAt: response.at };
}

async function rendered({ db, store, renderer }: Deps, input: TextRequest, tenantId: string): Promise<Made> {
  const tenant = await db.prisma.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const { title, model } = await composeDocument(db.prisma, input);
  const pdf = await renderer.render(model);
  const { sha256, bytes } = await store.put(tenant.code, Readable.from([pdf]), MAX_BYTES);
  return { title, contentType: 'application/pdf', bytes, sha256, createdAt: model.createdAt };
}
