import type { PrismaClient } from '../../generated/prisma/client';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import { readSnapshot } from '../snapshot';
import { placeOf } from './places';

interface AttachmentRow {
  readonly id: string;
  readonly field: string;
  readonly uploadedBy: string;
}

/**
 * Whether a viewer who sees the practice may read one of its attachments. The office and who oversees it read all; the
 * applicant's side never reads notes, reads messages once they were sent, and files of decisions and communications
 * once the document that they belong to is complete and meant for them.
 */
export async function mayRead(
  viewer: Viewer,
  practice: { readonly id: string; readonly snapshot: unknown },
  file: AttachmentRow,
): Promise<boolean> {
  if (!APPLICANT_ROLES.includes(viewer.role)) return true;
  const place = placeOf(file.field);
  switch (place) {
    case 'note':
      return false;
    case 'message':
      return file.uploadedBy === viewer.accountId || inMessage(viewer.db, practice.id, file.id);
    case 'decision':
    case 'communication':
      return isReleased(viewer.db, practice, place, file.id);
    default:
      return true;
  }
}

/** True when a message already carries the file. */
export async function inMessage(
  db: Pick<PrismaClient, 'conversationMessage'>,
  practiceId: string,
  id: string,
): Promise<boolean> {
  return (await db.conversationMessage.count({ where: { practiceId, attachments: { array_contains: [{ id }] } } })) > 0;
}

/** True when a note already carries the file. */
export async function inNote(db: Pick<PrismaClient, 'note'>, practiceId: string, id: string): Promise<boolean> {
  return (await db.note.count({ where: { practiceId, attachments: { array_contains: [{ id }] } } })) > 0;
}

/** What acts of the office keep of their files. */
interface OfficePayload {
  readonly to?: string;
  readonly files?: readonly { readonly id: string }[];
  readonly responseDocument?: { readonly id: string } | null;
}

/** Until its document is registered, or filed where nothing is registered, an outcome is nobody's news. */
async function isReleased(
  db: PrismaClient,
  practice: { readonly id: string; readonly snapshot: unknown },
  kind: 'decision' | 'communication',
  id: string,
): Promise<boolean> {
  const documents = readSnapshot(practice.snapshot).state.documents.filter((row) => row.kind === kind && row.command);
  const acts = await db.inboxRow.findMany({
    where: { practiceId: practice.id, id: { in: documents.flatMap(({ command }) => command ?? []) } },
    select: { id: true, payload: true },
  });
  const act = acts.find(({ payload }) => {
    const { files = [], responseDocument } = payload as OfficePayload;
    return responseDocument?.id === id || files.some((file) => file.id === id);
  });
  const document = documents.find(({ command }) => command === act?.id);
  if (!act || !document) return false;
  if (kind === 'communication' && (act.payload as OfficePayload).to !== 'applicant') return false;
  const completed = await db.practiceEventRow.count({
    where: {
      practiceId: practice.id,
      type: { in: ['documentFiled', 'documentRegistered', 'outcomeRegistered'] },
      data: { path: ['document'], equals: document.ordinal },
    },
  });
  return completed > 0;
}
