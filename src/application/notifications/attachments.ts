import { RECEIPT_ORDINAL } from '../documents/receipt';
import { documentOf, type EventFacts, type Reader } from './source';
import type { WordingKey } from './wording';

/** A stored file that goes along with a mail. */
export interface MailFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Enclosed {
  readonly files: readonly MailFile[];
  /** Names of those that are too large to travel. */
  readonly leftOut: readonly string[];
  /** The documents that the mail is about are all among the files. */
  readonly complete: boolean;
}

/** Many servers take no more, counting the third that encoding adds: together, before it. */
export const MAX_ATTACHED_BYTES = 10 * 1024 * 1024;

/** Moments whose mail brings the document that the event is about. */
const WITH_DOCUMENT: ReadonlySet<WordingKey> = new Set<WordingKey>([
  'submitted',
  'startOfProcedure',
  'integrationRequested',
  'integrationReceived',
  'rejectionNotice',
  'observationsReceived',
  'communication',
  'communicationToOffice',
  'approved',
  'partiallyApproved',
  'rejected',
  'withdrawn',
  'archived',
  'annulled',
]);

/** Moments whose mail also brings the files that the officer added. */
const WITH_FILES: ReadonlySet<WordingKey> = new Set<WordingKey>([
  'communication',
  'communicationToOffice',
  'approved',
  'partiallyApproved',
  'rejected',
]);

/** What goes along with the mail about an event; the receipt of an application brings itself and the application. */
export async function enclosed(db: Reader, facts: EventFacts, key: WordingKey): Promise<Enclosed> {
  const ordinal = documentOf(facts.event);
  if (!WITH_DOCUMENT.has(key) || ordinal === undefined) return { files: [], leftOut: [], complete: false };
  const ordinals = key === 'submitted' ? [RECEIPT_ORDINAL, ordinal] : [ordinal];
  const rows = await db.document.findMany({
    where: { practiceId: facts.practice.id, ordinal: { in: ordinals } },
    orderBy: { ordinal: 'asc' },
  });
  const { files = [], responseDocument } = facts.payload;
  const documents = rows.map(({ title, contentType, bytes, sha256 }): MailFile => {
    const uploaded = responseDocument?.sha256 === sha256 ? responseDocument.name : undefined;
    return { name: uploaded ?? documentName(title, contentType), contentType, bytes, sha256 };
  });
  const known = new Set(documents.map(({ sha256 }) => sha256));
  const added = [...(responseDocument ? [responseDocument] : []), ...files].filter(({ sha256 }) => !known.has(sha256));
  return fitting(documents, WITH_FILES.has(key) ? added : []);
}

/** Leaves out the largest until the rest fits. */
export function fitting(
  documents: readonly MailFile[],
  added: readonly MailFile[],
  maxBytes: number = MAX_ATTACHED_BYTES,
): Enclosed {
  const all = [...documents, ...added].map((file) => ({ ...file, name: plainName(file.name) }));
  const bySize = all.map((_file, index) => index).sort((a, b) => (all[b]?.bytes ?? 0) - (all[a]?.bytes ?? 0));
  let total = all.reduce((sum, { bytes }) => sum + bytes, 0);
  const out = new Set<number>();
  for (const index of bySize) {
    if (total <= maxBytes) break;
    total -= all[index]?.bytes ?? 0;
    out.add(index);
  }
  return {
    files: all.filter((_file, index) => !out.has(index)),
    leftOut: all.filter((_file, index) => out.has(index)).map(({ name }) => name),
    complete: documents.length > 0 && documents.every((_file, index) => !out.has(index)),
  };
}

function documentName(title: string, contentType: string): string {
  const extension = contentType === 'application/pdf' ? '.pdf' : '';
  return `${title.replace(/[^\p{L}\p{N} ]/gu, '').replace(/ +/g, '-')}${extension}`;
}

/** A name that is no path, for whoever saves it without looking. */
function plainName(name: string): string {
  return name.replace(/[\\/\p{Cc}]/gu, '_');
}
