import type { RegistrationInput } from '../../activities/contract';
import type { RegisteredFile, RegisteredParty, RegisterRequest } from '../../activities/ports/protocollo';
import { asId, instant, type Sha256 } from '../../domain/ids';
import { type FormContent, valueAt } from '../../forms/form';
import type { Database } from '../../platform/database';
import { applicantName } from '../documents/texts';
import type { KeptAnswer } from '../practices/integration';
import type { FrozenAttachment } from '../practices/submit';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';

/** Puts together what the register is told of a document, from what was frozen. */
export async function requestOf(db: Database, input: RegistrationInput): Promise<RegisterRequest> {
  const { prisma } = db;
  const practice = await prisma.practice.findUniqueOrThrow({ where: { id: input.practice } });
  const { definition } = await serviceOf(prisma, practice);
  const submission = await prisma.submission.findFirstOrThrow({
    where: { practiceId: practice.id },
    orderBy: { ordinal: 'desc' },
  });
  const document = await prisma.document.findUniqueOrThrow({
    where: { practiceId_ordinal: { practiceId: practice.id, ordinal: input.document } },
  });
  const content = submission.content as FormContent;
  const { state } = readSnapshot(practice.snapshot);
  const command = state.documents.find((row) => row.ordinal === input.document)?.command;
  const act = command ? await prisma.inboxRow.findUnique({ where: { id: command } }) : null;
  const arrived = document.kind === 'request' ? practice.receivedAt : act?.receivedAt;
  return {
    tenant: practice.tenantId,
    ownRef: input.ownRef,
    direction: input.direction,
    subject: subjectOf(document.title, definition.name, content, practice.code ?? practice.id),
    receivedAt: instant(arrived ?? submission.confirmedAt),
    parties: [partyOf(content, input.direction)],
    office: definition.offices[0] ?? '',
    ...(definition.classification && { classification: definition.classification }),
    main: {
      name: `${input.ownRef.replace('/', '-')}.pdf`,
      contentType: document.contentType,
      bytes: document.bytes,
      sha256: asId<Sha256>(document.sha256),
    },
    attachments: attachmentsOf(document.kind, submission.attachments, act?.payload),
  };
}

/** Service, applicant, tax code and practice code; the code comes first, so that no register's limit ever cuts it. */
function subjectOf(title: string, service: string, content: FormContent, code: string): string {
  const name = applicantName(content);
  const taxCode = String(valueAt(content, 'applicant.taxCode') ?? '');
  const what = title.includes(service) ? title : `${title} - ${service}`;
  return `${code} - ${what} - ${name} ${taxCode}`.trim();
}

function partyOf(content: FormContent, direction: 'in' | 'out'): RegisteredParty {
  return {
    role: direction === 'in' ? 'sender' : 'recipient',
    name: applicantName(content),
    taxCode: String(valueAt(content, 'applicant.taxCode')),
    email: String(valueAt(content, 'applicant.email')),
  };
}

function attachmentsOf(kind: string, submitted: unknown, payload: unknown): readonly RegisteredFile[] {
  if (kind === 'request') return (submitted as FrozenAttachment[]).map(fileOf);
  if (kind !== 'integrationAnswer') return [];
  const { kept } = payload as { readonly kept: KeptAnswer };
  return kept.documents.flatMap(({ files }) => files.map(fileOf));
}

function fileOf({ name, contentType, bytes, sha256 }: FrozenAttachment): RegisteredFile {
  return { name, contentType, bytes, sha256: asId<Sha256>(sha256) };
}
