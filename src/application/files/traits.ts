import type { Container, FileKind } from './kinds';
import { beginsAs, TextReader } from './text';
import { entryNames } from './zip';

/** What only the whole of a file says; it is fed while the file passes through to the store. */
export interface Trait {
  feed(chunk: Buffer): void;
  /** True when the file is of the kind; asked once, at the end. */
  is(kind: FileKind): boolean;
}

/** What is to be looked for in a container. `claimed` matters for texts, which have no first bytes. */
export function traitOf(container: Container, claimed: FileKind | undefined): Trait {
  switch (container) {
    case 'zip':
      return new ZipTrait();
    case 'ole':
      return new OleTrait();
    case 'text':
      return new TextTrait(claimed);
    default:
      return { feed: () => undefined, is: () => true };
  }
}

/** Enough for the directory of any office document; a bigger archive is still seen to be one. */
const TAIL_BYTES = 256 * 1024;

const OOXML: Readonly<Partial<Record<FileKind, string>>> = { docx: 'word/', xlsx: 'xl/', pptx: 'ppt/' };
const ODF: Readonly<Partial<Record<FileKind, string>>> = {
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
};

/** A ZIP is told by its directory, which is at the end; an ODF by its first entry, which says its type in clear. */
class ZipTrait implements Trait {
  private head = Buffer.alloc(0);
  private tail = Buffer.alloc(0);
  private names: readonly string[] | undefined;
  private size = 0;

  feed(chunk: Buffer): void {
    this.size += chunk.length;
    if (this.head.length < 200) this.head = Buffer.concat([this.head, chunk.subarray(0, 200 - this.head.length)]);
    this.tail = Buffer.concat([this.tail, chunk]);
    // Cut seldom, so that it stays linear.
    if (this.tail.length > 4 * TAIL_BYTES) this.tail = Buffer.from(this.tail.subarray(-TAIL_BYTES));
  }

  is(kind: FileKind): boolean {
    this.names ??= entryNames(this.tail, this.size);
    if (this.names === undefined) return false;
    if (kind === 'zip') return true;
    const declared = ODF[kind];
    if (declared !== undefined) return this.declaredType() === declared;
    if (!this.names.includes('[Content_Types].xml')) return false;
    const folder = OOXML[kind];
    if (folder !== undefined) return this.names.some((name) => name.startsWith(folder));
    return kind === 'xps' && this.names.some((name) => /\.fdseq$/i.test(name));
  }

  /** OpenDocument 1.3 part 2, 3.3: the entry `mimetype` comes first and is stored as it is. */
  private declaredType(): string {
    const nameLength = this.head.length < 30 ? 0 : this.head.readUInt16LE(26);
    const extra = this.head.length < 30 ? 0 : this.head.readUInt16LE(28);
    if (this.head.subarray(30, 30 + nameLength).toString('latin1') !== 'mimetype') return '';
    const rest = this.head.subarray(30 + nameLength + extra).toString('latin1');
    return /^[a-z.+/-]+?(?=PK|[^a-z.+/-])/.exec(rest)?.[0] ?? '';
  }
}

const OLE_STREAMS: Readonly<Partial<Record<FileKind, readonly string[]>>> = {
  doc: ['WordDocument'],
  xls: ['Workbook', 'Book'],
  ppt: ['PowerPoint Document'],
};

/** An OLE file is told by the name of its main stream, in its directory, which may be anywhere. */
class OleTrait implements Trait {
  private readonly found = new Set<string>();
  private carry = Buffer.alloc(0);

  feed(chunk: Buffer): void {
    const window = Buffer.concat([this.carry, chunk]);
    for (const name of Object.values(OLE_STREAMS).flat()) {
      // A directory entry starts with its name and a NUL.
      if (window.includes(Buffer.from(`${name}\0`, 'utf16le'))) this.found.add(name);
    }
    this.carry = Buffer.from(window.subarray(-64));
  }

  is(kind: FileKind): boolean {
    return (OLE_STREAMS[kind] ?? []).some((name) => this.found.has(name));
  }
}

class TextTrait implements Trait {
  private readonly reader = new TextReader();

  constructor(private readonly claimed: FileKind | undefined) {}

  feed(chunk: Buffer): void {
    this.reader.feed(chunk);
  }

  is(kind: FileKind): boolean {
    return kind === this.claimed && this.reader.isText() && beginsAs(kind, this.reader.start());
  }
}
