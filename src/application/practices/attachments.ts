import { Readable } from 'node:stream';
import { FileTooLarge } from '../../activities/ports/document-store';
import { refuse } from '../../domain/errors';
import { epochMs } from '../../domain/ids';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import { fieldsOf } from '../../forms/form';
import { uuidv7 } from '../../platform/digest';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { serviceOf } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { claimedKind, FILE_KINDS, type FileKind, HEAD_BYTES, sniff } from './file-types';
import { integrationField, openRequest } from './integration';
import { type FrozenAttachment, frozenAttachment } from './submit';
import { visiblePractice } from './visibility';

/** A file on its way in. */
export interface Upload {
  /** Where it belongs: `vehicle.registrationCertificate`, or `integration.<round>.<key>`. */
  readonly field: string;
  readonly name: string;
  readonly content: AsyncIterable<Buffer>;
}

/**
 * Takes a file, streamed: its type is told by its first bytes before anything is stored, its size while it arrives.
 * Refusals: `FILE_EMPTY`, `FILE_TYPE_NOT_ALLOWED`, `FILE_CONTENT_MISMATCH`, `FILE_TOO_LARGE`, `VALIDATION_FAILED`
 * (unknown field), `DRAFT_FROZEN`, `PRACTICE_NOT_FOUND`.
 */
export async function addAttachment(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  upload: Upload,
): Promise<FrozenAttachment> {
  const practice = await visiblePractice(viewer, practiceId);
  const { definition } = await serviceOf(app.db.prisma, practice);
  await assertWanted(viewer, practice, definition, upload.field);
  const name = safeName(upload.name);
  const content = upload.content[Symbol.asyncIterator]();
  const head = await readHead(content);
  const kind = await acceptedKind(definition, name, head);
  // Whoever opens it later must not run it: the last extension is always that of the content.
  const shownName = claimedKind(name) === kind ? name : `${name}.${FILE_KINDS[kind].extensions[0]}`;
  const maxBytes = definition.attachments.maxMegabytes * 1024 * 1024;
  try {
    const stored = await app.store.put(viewer.tenantCode, Readable.from(rejoin(head, content)), maxBytes);
    const now = app.clock.now();
    const row = await viewer.db.attachment.create({
      data: {
        id: uuidv7(epochMs(now)),
        tenantId: viewer.tenantId,
        practiceId,
        field: upload.field,
        name: shownName,
        contentType: FILE_KINDS[kind].contentType,
        bytes: stored.bytes,
        sha256: stored.sha256,
        uploadedBy: viewer.accountId,
        uploadedAt: now,
      },
    });
    return frozenAttachment(row);
  } catch (error) {
    if (!(error instanceof FileTooLarge)) throw error;
    return refuse('FILE_TOO_LARGE', { name, maxMegabytes: definition.attachments.maxMegabytes });
  }
}

/** Takes a file out of a draft. What was sent stays. Refusals: `ATTACHMENT_NOT_FOUND`, `DRAFT_FROZEN`. */
export async function removeAttachment(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  id: string,
): Promise<void> {
  await visiblePractice(viewer, practiceId);
  const count = await app.db.prisma.$transaction(async (tx) => {
    // Locked, so that a submission can't freeze the file while it goes away.
    const rows = await tx.$queryRaw<{ status: string; submitCommand: string | null }[]>`
      SELECT status, submit_command AS "submitCommand" FROM practice
      WHERE id = ${practiceId}::uuid AND tenant_id = ${viewer.tenantId}::uuid FOR UPDATE`;
    const practice = rows[0] ?? refuse('PRACTICE_NOT_FOUND');
    if (practice.status !== 'draft' || practice.submitCommand) refuse('DRAFT_FROZEN', frozen(practice));
    const removed = await tx.attachment.updateMany({
      where: { id, practiceId, tenantId: viewer.tenantId, removedAt: null },
      data: { removedAt: app.clock.now() },
    });
    return removed.count;
  });
  if (count === 0) refuse('ATTACHMENT_NOT_FOUND');
}

/** An attachment's content. Refusals: `PRACTICE_NOT_FOUND`, `ATTACHMENT_NOT_FOUND`. */
export async function readAttachment(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  id: string,
): Promise<{
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly content: Readable;
}> {
  await visiblePractice(viewer, practiceId);
  const row = await viewer.db.attachment.findFirst({ where: { id, practiceId, removedAt: null } });
  if (!row) return refuse('ATTACHMENT_NOT_FOUND');
  const content = await app.store.stream(viewer.tenantCode, row.sha256 as never);
  return { name: row.name, contentType: row.contentType, bytes: row.bytes, content };
}

type PracticeRow = Awaited<ReturnType<typeof visiblePractice>>;

/** A submission that the engine has not shown yet still has the row of a draft: people are told that it was sent. */
function frozen({ status, submitCommand }: Pick<PracticeRow, 'status' | 'submitCommand'>): {
  readonly statusLabel: string;
} {
  return { statusLabel: STATUS_LABELS[status === 'draft' && submitCommand ? 'submitted' : (status as Status)] };
}

async function assertWanted(
  viewer: Viewer,
  practice: PracticeRow,
  definition: ServiceDefinition,
  field: string,
): Promise<void> {
  if (practice.applicantId !== viewer.accountId) refuse('NOT_APPLICANT', { actLabel: 'Carica un allegato' });
  const open = await openRequest(viewer.db, practice.snapshot);
  if (!open && (practice.status !== 'draft' || practice.submitCommand)) refuse('DRAFT_FROZEN', frozen(practice));
  const wanted = open
    ? open.request.documents.map(({ key }) => integrationField(open.round, key))
    : fieldsOf(definition.form)
        .filter((row) => row.field.type === 'file')
        .map((row) => row.path);
  if (wanted.includes(field)) return;
  const message = wanted.length > 0 ? `Usa uno di: ${wanted.join(', ')}.` : 'Ora non è richiesto alcun allegato.';
  refuse('VALIDATION_FAILED', {}, [{ path: 'field', rule: 'unknown', message }]);
}

async function acceptedKind(definition: ServiceDefinition, name: string, head: Buffer): Promise<FileKind> {
  if (head.length === 0) refuse('FILE_EMPTY', { name });
  const found = await sniff(head);
  const claimed = claimedKind(name);
  const accepted = definition.attachments.accept.map((kind) => FILE_KINDS[kind].label).join(', ');
  const foundLabel = typeof found === 'string' ? FILE_KINDS[found].label : (found?.other ?? 'sconosciuto');
  if (typeof found !== 'string' || !definition.attachments.accept.includes(found)) {
    if (claimed && claimed !== found) {
      return refuse('FILE_CONTENT_MISMATCH', { name, declared: FILE_KINDS[claimed].label, found: foundLabel });
    }
    return refuse('FILE_TYPE_NOT_ALLOWED', { name, found: foundLabel, accepted });
  }
  if (claimed && claimed !== found) {
    refuse('FILE_CONTENT_MISMATCH', { name, declared: FILE_KINDS[claimed].label, found: foundLabel });
  }
  return found;
}

/** The last part of the name, without control characters: browsers and attackers send paths. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const clean = last.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069"]/g, '').trim();
  return clean.slice(-150) || 'allegato';
}

async function readHead(content: AsyncIterator<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size < HEAD_BYTES) {
    const next = await content.next();
    if (next.done) break;
    chunks.push(next.value);
    size += next.value.length;
  }
  return Buffer.concat(chunks);
}

async function* rejoin(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (;;) {
    const next = await rest.next();
    if (next.done) return;
    yield next.value;
  }
}
