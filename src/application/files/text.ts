import type { FileKind } from './kinds';

/** Bytes that Windows-1252 gives no character. */
const UNDEFINED_IN_1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const START_BYTES = 512;

/** Reads a file as text while it passes by: strict UTF-8, or Windows-1252 as older office programs write it; no NUL. */
export class TextReader {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private utf8 = true;
  private windows1252 = true;
  private noNul = true;
  private first = Buffer.alloc(0);

  feed(chunk: Buffer): void {
    if (this.first.length < START_BYTES) {
      this.first = Buffer.concat([this.first, chunk.subarray(0, START_BYTES - this.first.length)]);
    }
    this.noNul &&= !chunk.includes(0);
    this.windows1252 &&= !chunk.some((byte) => UNDEFINED_IN_1252.has(byte));
    this.utf8 &&= this.decodes(chunk, true);
  }

  /** Asked once, at the end. */
  isText(): boolean {
    this.utf8 &&= this.decodes(new Uint8Array(), false);
    return this.noNul && (this.utf8 || this.windows1252);
  }

  /** The first characters, without byte order mark and white space. */
  start(): string {
    const text = this.first.toString('latin1');
    return text.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  }

  private decodes(chunk: Uint8Array, stream: boolean): boolean {
    try {
      this.decoder.decode(chunk, { stream });
      return true;
    } catch {
      return false;
    }
  }
}

/** What a text of a kind must begin with. */
export function beginsAs(kind: FileKind, start: string): boolean {
  if (kind === 'xml' || kind === 'abw') return start.startsWith('<');
  if (kind === 'rtf') return start.startsWith('{\\rtf');
  return true;
}
