import type { RegistrationInput } from '../../activities/contract';
import type { RegisteredFile, RegisteredParty, RegisterRequest } from '../../activities/ports/protocollo';
import { asId, type Instant, instant, type Sha256 } from '../../domain/ids';
import { type DocumentKind, directionOf } from '../../domain/practice/documents';
import type { Content } from '../../forms/profile/form';
import type { Prisma } from '../../generated/prisma/client';
import type { Database, Rows } from '../../platform/database';
import { documentFileName } from '../documents/file-name';
import { officeOf } from '../documents/gather';
import { applicantName, textAt } from '../documents/parts';
import {
  type AnswerPayload,
  type CommunicationPayload,
  keptMessages,
  type MessagePayload,
} from '../documents/payloads';
import type { KeptAnswer } from '../practices/integration';
import type { FrozenAttachment } from '../practices/submission';
import { serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';

/** What the strictest register we know of the default kind takes; longer subjects are cut, never in the code. */
const MAX_SUBJECT = 1000;

/**
 * Puts together what the register is told of a document, from what was frozen. It depends on the document and its act
 * alone: one whose practice was withdrawn, annulled or closed before its number came is registered as what it is.
 * @param maxSubject - longest subject that the register takes, in UTF-16 units
 */
export async function requestOf(
  db: Database,
  input: RegistrationInput,
  maxSubject: number = MAX_SUBJECT,
): Promise<RegisterRequest> {
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
  const kind = document.kind as DocumentKind;
  const content = submission.content as Content;
  const act = await actOf(prisma, practice.snapshot, input.document);
  const office = await officeOf(prisma, practice, definition);
  const folder = practice.folderId ? await prisma.folder.findUnique({ where: { id: practice.folderId } }) : null;
  const arrived = kind === 'request' ? (practice.receivedAt ?? submission.confirmedAt) : act?.receivedAt;
  return {
    tenant: practice.tenantId,
    ownRef: input.ownRef,
    direction: directionOf(kind),
    subject: subjectOf(document.title, definition.name, content, practice.code ?? practice.id, maxSubject),
    receivedAt: arrivalOf(kind, act?.payload, instant(arrived ?? submission.confirmedAt)),
    parties: [partyOf(kind, content, act?.payload)],
    office: office?.code ?? definition.offices[0] ?? '',
    ...(definition.classification && { classification: definition.classification }),
    ...(folder && { folder: folder.label }),
    main: {
      name: documentFileName(practice.code ?? practice.id, input.document, document.contentType),
      contentType: document.contentType,
      bytes: document.bytes,
      sha256: asId<Sha256>(document.sha256),
    },
    attachments: attachmentsOf(kind, submission.attachments, act?.payload),
  };
}

async function actOf(
  db: Pick<Rows, 'inboxRow'>,
  snapshot: Prisma.JsonValue,
  ordinal: number,
): Promise<{ readonly receivedAt: Date; readonly payload: unknown } | null> {
  const { state } = readSnapshot(snapshot);
  const command = state.documents.find((row) => row.ordinal === ordinal)?.command;
  return command ? db.inboxRow.findUnique({ where: { id: command } }) : null;
}

/** Service, applicant, tax code and practice code; the code comes first, so that no register's limit ever cuts it. */
function subjectOf(title: string, service: string, content: Content, code: string, maxSubject: number): string {
  const name = applicantName(content);
  const taxCode = textAt(content, 'applicant.taxCode') ?? '';
  const what = title.includes(service) ? title : `${title} - ${service}`;
  return cut(`${code} - ${what} - ${name} ${taxCode}`.trim(), maxSubject);
}

/** Cut by characters, so that none is left in half. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length >= max) break;
    kept += character;
  }
  return `${kept}…`;
}

/** An answer made of messages arrived with the last of them, not when an officer took it as one. */
function arrivalOf(kind: DocumentKind, payload: unknown, at: Instant): Instant {
  const messages = kind === 'integrationAnswer' ? keptMessages(payload as AnswerPayload) : undefined;
  const last = messages
    ?.map((message) => message.at)
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  return last ? instant(Date.parse(last)) : at;
}

function partyOf(kind: DocumentKind, content: Content, payload: unknown): RegisteredParty {
  const { to, recipient } = (kind === 'communication' ? payload : {}) as Partial<CommunicationPayload>;
  if (to === 'office' && recipient) return { role: 'recipient', name: recipient.name, email: recipient.email };
  const taxCode = textAt(content, 'applicant.taxCode');
  const email = textAt(content, 'applicant.email');
  return {
    role: directionOf(kind) === 'in' ? 'sender' : 'recipient',
    name: applicantName(content),
    ...(taxCode && { taxCode }),
    ...(email && { email }),
  };
}

function attachmentsOf(kind: DocumentKind, submitted: unknown, payload: unknown): readonly RegisteredFile[] {
  switch (kind) {
    case 'request':
      return (submitted as readonly FrozenAttachment[]).map(fileOf);
    case 'integrationAnswer':
      return answerFiles(payload as AnswerPayload).map(fileOf);
    case 'observations':
    case 'decision':
    case 'communication':
      return ((payload as MessagePayload | undefined)?.files ?? []).map(fileOf);
    default:
      return [];
  }
}

function answerFiles(payload: AnswerPayload): readonly FrozenAttachment[] {
  const messages = keptMessages(payload);
  if (messages) return messages.flatMap(({ files }) => files);
  return (payload.kept as KeptAnswer).documents.flatMap(({ files }) => files);
}

function fileOf({ name, contentType, bytes, sha256 }: FrozenAttachment): RegisteredFile {
  return { name, contentType, bytes, sha256: asId<Sha256>(sha256) };
}
