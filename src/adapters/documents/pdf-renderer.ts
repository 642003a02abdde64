import { createHash } from 'node:crypto';
import type { DocumentModel, DocumentRenderer } from '../../activities/ports/document-renderer';
import { ArchivalDocument } from './archival-document';
import { layOutBlocks } from './blocks';
import { printableLine } from './clean-text';
import { flowPages } from './page-flow';
import { writePages } from './pdf-writer';
import { pageLabel } from './style';

/**
 * Renders documents as tagged PDF/A-2a on A4. Fonts are read from their packages at the first document and kept.
 *
 * The bytes depend on the model, on this code and on the deflate of the running Node.js; not on time or chance.
 * Rejects with `TypeError` when `createdAt` is not an instant: a mistake of the caller, not to be retried. Whatever
 * the texts hold is printed; what has no glyph becomes a visible U+FFFD.
 */
export function createPdfRenderer(): DocumentRenderer {
  return { render };
}

async function render(model: DocumentModel): Promise<Buffer> {
  const title = printableLine(model.title);
  const issuer = printableLine(model.issuer);
  const doc = new ArchivalDocument({
    title,
    author: issuer,
    language: model.language,
    createdAt: instantOf(model.createdAt),
    fileId: fileIdOf(model),
  });
  const { tree, pieces } = layOutBlocks(model, doc.measure);
  writePages(doc, tree, flowPages(pieces), {
    head: `${issuer} – ${title}`,
    foot: printableLine(model.reference),
    pageLabel: (page, pages) => pageLabel(model.language, page, pages),
  });
  doc.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of doc) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** Names every property, so that the order in which a caller sets them changes nothing. */
const PROPERTIES = 'title issuer subhead language createdAt reference blocks kind text rows label value items lines';

function fileIdOf(model: DocumentModel): Uint8Array {
  const canonical = JSON.stringify(model, PROPERTIES.split(' '));
  return createHash('sha256').update(canonical).digest().subarray(0, 16);
}

function instantOf(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new TypeError(`createdAt is "${text}", an ISO 8601 instant was expected`);
  return date;
}
