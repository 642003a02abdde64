import { Readable } from 'node:stream';
import { composeDocument } from '../application/documents/compose';
import { RECEIPT_ORDINAL } from '../application/documents/receipt';
import type { DocumentKind } from '../application/documents/texts';
import { asId, type Sha256 } from '../domain/ids';
import type { DocumentActivities, DocumentRequest } from './contract';
import type { ActivityDeps } from './deps';

/** Documents of ours are small; this only bounds a defect. */
const MAX_BYTES = 50 * 1024 * 1024;

/** Activities of the queue `documents`. */
export function documentActivities(deps: ActivityDeps): DocumentActivities {
  return {
    async renderDocument(input) {
      // The applicant's receipt is made with the request. The register is not told of it: it has no number.
      if (input.kind === 'request') await make(deps, { ...input, document: RECEIPT_ORDINAL, kind: 'receipt' });
      return { sha256: await make(deps, input) };
    },
  };
}

async function make(
  { db, store, renderer }: ActivityDeps,
  input: Omit<DocumentRequest, 'kind'> & { readonly kind: DocumentKind },
): Promise<Sha256> {
  const key = { practiceId: input.practice, ordinal: input.document };
  const made = await db.prisma.document.findUnique({ where: { practiceId_ordinal: key } });
  if (made) return asId<Sha256>(made.sha256);
  const practice = await db.prisma.practice.findUniqueOrThrow({ where: { id: input.practice } });
  const tenant = await db.prisma.tenant.findUniqueOrThrow({ where: { id: practice.tenantId } });
  const { title, model } = await composeDocument(db.prisma, input);
  const pdf = await renderer.render(model);
  const { sha256, bytes } = await store.put(tenant.code, Readable.from([pdf]), MAX_BYTES);
  // Of two attempts at the same time one row wins; both rendered the same bytes.
  await db.prisma.document.createMany({
    data: [
      {
        ...key,
        tenantId: practice.tenantId,
        kind: input.kind,
        title,
        contentType: 'application/pdf',
        bytes,
        sha256,
        createdAt: model.createdAt,
      },
    ],
    skipDuplicates: true,
  });
  const row = await db.prisma.document.findUniqueOrThrow({ where: { practiceId_ordinal: key } });
  return asId<Sha256>(row.sha256);
}
