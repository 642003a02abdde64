import { Readable } from 'node:stream';
import { FileTooLarge } from '../../activities/ports/document-store';
import { refuse } from '../../domain/errors';
import { epochMs } from '../../domain/ids';
import type { Rows } from '../../platform/database';
import { uuidv7 } from '../../platform/digest';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { inspect } from '../files/inspect';
import { FILE_KINDS } from '../files/kinds';
import { lockPractice } from '../files/lock';
import { nameOf, safeName } from '../files/names';
import { MAX_MEGABYTES_TOGETHER, PLACES, type PlaceName, placeOf } from '../files/places';
import { inMessage, inNote, mayRead } from '../files/readers';
import { frozenAs, targetOf } from '../files/targets';
import { serviceOf } from '../services/catalogue';
import { type FrozenAttachment, frozenAttachment } from './submission';
import { visiblePractice } from './visibility';

const MEGABYTE = 1024 * 1024;

/** A file on its way in. */
export interface Upload {
  /**
   * Where it belongs: a question of the form (`vehicle.registrationCertificate`), `integration.<round>.<key>`,
   * `observations`, `message`, `note`, `decision` or `communication`.
   */
  readonly field: string;
  readonly name: string;
  readonly content: AsyncIterable<Buffer>;
}

/**
 * Takes a file, streamed: its kind is judged by its first bytes before anything is stored, its size and the rest while
 * it arrives; a file that is refused at its end leaves nothing behind.
 * Refusals: those of `targetOf` (who may upload what, when) and of `inspect` (what it is), `FILE_TOO_LARGE`,
 * `FILES_TOO_MANY`, `FILES_TOO_LARGE_TOGETHER`, `PRACTICE_NOT_FOUND`.
 */
export async function addAttachment(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  upload: Upload,
): Promise<FrozenAttachment> {
  const practice = await visiblePractice(viewer, practiceId);
  const target = await targetOf(viewer, practice, await serviceOf(app.db.prisma, practice), upload.field);
  await assertRoom(app.db.prisma, viewer, practiceId, target.place, 0);
  const name = safeName(upload.name);
  const inspected = await inspect(name, upload.content, target);
  const content = Readable.from(inspected.content);
  const stored = await app.store.put(viewer.tenantCode, content, target.maxMegabytes * MEGABYTE).catch((error) => {
    if (!(error instanceof FileTooLarge)) throw error;
    return refuse('FILE_TOO_LARGE', { name, maxMegabytes: target.maxMegabytes });
  });
  const kind = inspected.kind();
  const now = app.clock.now();
  const row = await app.db.prisma.$transaction(async (tx) => {
    await lockPractice(tx, viewer.tenantId, practiceId);
    await assertRoom(tx, viewer, practiceId, target.place, stored.bytes);
    return tx.attachment.create({
      data: {
        id: uuidv7(epochMs(now)),
        tenantId: viewer.tenantId,
        practiceId,
        field: upload.field,
        name: nameOf(name, kind),
        contentType: FILE_KINDS[kind].contentType,
        bytes: stored.bytes,
        sha256: stored.sha256,
        uploadedBy: viewer.accountId,
        uploadedAt: now,
      },
    });
  });
  return frozenAttachment(row);
}

/**
 * Takes a file out of a draft, or of a message or note that is not written yet. What was sent stays.
 * Refusals: `ATTACHMENT_NOT_FOUND`, `DRAFT_FROZEN`, `NOT_APPLICANT`, `ATTACHMENT_IN_USE`, `PRACTICE_NOT_FOUND`.
 */
export async function removeAttachment(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  id: string,
): Promise<void> {
  const seen = await visiblePractice(viewer, practiceId);
  const where = { id, practiceId, tenantId: viewer.tenantId, removedAt: null };
  const found = await viewer.db.attachment.findFirst({ where });
  // What somebody may not read does not exist for them.
  if (!found || !(await mayRead(viewer, seen, found))) refuse('ATTACHMENT_NOT_FOUND');
  await app.db.prisma.$transaction(async (tx) => {
    // Locked, so that a submission or message can't freeze the file while it goes away.
    const practice = await lockPractice(tx, viewer.tenantId, practiceId);
    const file = (await tx.attachment.findFirst({ where })) ?? refuse('ATTACHMENT_NOT_FOUND');
    const place = placeOf(file.field);
    if (place === 'message' || place === 'note') {
      if (file.uploadedBy !== viewer.accountId) refuse('ATTACHMENT_NOT_FOUND');
      const used = await (place === 'note' ? inNote(tx, practiceId, id) : inMessage(tx, practiceId, id));
      if (used) refuse('ATTACHMENT_IN_USE');
    } else {
      const mine = [practice.applicantId, practice.authorId].includes(viewer.accountId);
      if (!mine) refuse('NOT_APPLICANT', { actLabel: 'Togli un allegato' });
      if (practice.status !== 'draft' || practice.submitCommand) refuse('DRAFT_FROZEN', frozenAs(practice));
    }
    await tx.attachment.updateMany({ where, data: { removedAt: app.clock.now() } });
  });
}

/** An attachment's content. Refusals: `PRACTICE_NOT_FOUND`; `ATTACHMENT_NOT_FOUND`, also when it is not for the viewer. */
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
  const practice = await visiblePractice(viewer, practiceId);
  const row = await viewer.db.attachment.findFirst({ where: { id, practiceId, removedAt: null } });
  if (!row || !(await mayRead(viewer, practice, row))) return refuse('ATTACHMENT_NOT_FOUND');
  const content = await app.store.stream(viewer.tenantCode, row.sha256 as never);
  return { name: row.name, contentType: row.contentType, bytes: row.bytes, content };
}

/** Refuses one file more than a person may keep in a place, and one byte more than they may keep in a practice. */
async function assertRoom(
  tx: Pick<Rows, 'attachment'>,
  viewer: Viewer,
  practiceId: string,
  place: PlaceName,
  bytes: number,
): Promise<void> {
  const fields = await tx.attachment.groupBy({
    by: ['field'],
    where: { practiceId, tenantId: viewer.tenantId, uploadedBy: viewer.accountId, removedAt: null },
    _count: { _all: true },
    _sum: { bytes: true },
  });
  const here = fields.filter(({ field }) => placeOf(field) === place);
  const { maxFiles } = PLACES[place];
  if (here.reduce((sum, row) => sum + row._count._all, 0) >= maxFiles) refuse('FILES_TOO_MANY', { maxFiles });
  const together = fields.reduce((sum, row) => sum + (row._sum.bytes ?? 0), bytes);
  if (together > MAX_MEGABYTES_TOGETHER * MEGABYTE) {
    refuse('FILES_TOO_LARGE_TOGETHER', { maxMegabytes: MAX_MEGABYTES_TOGETHER });
  }
}
