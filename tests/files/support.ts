import { crc32 } from 'node:zlib';
import { inspect, type Wanted } from '../../src/application/files/inspect';
import type { FileKind } from '../../src/application/files/kinds';
import { PLACES } from '../../src/application/files/places';
import { RefusedError } from '../../src/domain/errors';

/** A ZIP with stored entries, as APPNOTE says. */
export function aZip(entries: Readonly<Record<string, string>>, comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const content = Buffer.from(text);
    const path = Buffer.from(name);
    const fixed = Buffer.alloc(26);
    fixed.writeUInt16LE(20, 0);
    fixed.writeUInt32LE(crc32(content), 10);
    fixed.writeUInt32LE(content.length, 14);
    fixed.writeUInt32LE(content.length, 18);
    fixed.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fixed, path, content]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), fixed, more, path]));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...locals, listed, Buffer.from('504b0506', 'hex'), end, Buffer.from(comment, 'latin1')]);
}

const CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** The directory of an office document is last, where some programs put it. */
export const aDocx = aZip({ 'word/document.xml': '<w:document/>', '[Content_Types].xml': CONTENT_TYPES });
export const anXlsx = aZip({ '[Content_Types].xml': CONTENT_TYPES, 'xl/workbook.xml': '<workbook/>' });
export const aPptx = aZip({ '[Content_Types].xml': CONTENT_TYPES, 'ppt/presentation.xml': '<p/>' });
export const anXps = aZip({ '[Content_Types].xml': CONTENT_TYPES, 'FixedDocSeq.fdseq': '<f/>' });
export const aPlainZip = aZip({ 'foto/uno.txt': 'uno', 'due.txt': 'due' });

export function anOdf(type: 'text' | 'spreadsheet' | 'presentation'): Buffer {
  return aZip({ mimetype: `application/vnd.oasis.opendocument.${type}`, 'content.xml': '<office/>' });
}

/** An OLE compound file as far as it matters: its header, and the name of a stream in its directory. */
export function anOle(stream: string): Buffer {
  const bytes = Buffer.alloc(2048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  Buffer.from(`${stream}\0`, 'utf16le').copy(bytes, 1100);
  return bytes;
}

/** DER of CMS signed data, as far as its first bytes. */
export const aCms = Buffer.concat([
  Buffer.from('3082013006092a864886f70d010702a0820121', 'hex'),
  Buffer.alloc(0x121 + 4, 0x30),
]);

export const MESSAGE: Wanted = { accept: PLACES.message.accept };
export const DECISION: Wanted = { accept: PLACES.decision.accept };
export const FORM: Wanted = { accept: PLACES.form.accept };

/** Passes a file through, in pieces of a size, and gives what it was judged to be; the bytes must come out as they went in. */
export async function judged(name: string, file: Buffer, wanted: Wanted = MESSAGE, size = 1000): Promise<FileKind> {
  const inspected = await inspect(name, pieces(file, size), wanted);
  const out: Buffer[] = [];
  for await (const chunk of inspected.content) out.push(chunk);
  expect(Buffer.concat(out).equals(file)).toBe(true);
  return inspected.kind();
}

/** The refusal that a file meets. */
export async function refused(name: string, file: Buffer, wanted: Wanted = MESSAGE) {
  try {
    return { kind: await judged(name, file, wanted) };
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
}

async function* pieces(file: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}
