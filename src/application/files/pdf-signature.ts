/** Longer than a byte range with its key: one that lies across two chunks is found, too. */
const KEPT_CHARACTERS = 256;
const BYTE_RANGE = /\/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]/g;

/**
 * Looks for a signature inside a PDF while it passes by (PAdES, ETSI EN 319 142; ISO 32000-1, 12.8.1): a dictionary of
 * type `Sig` with a byte range that lies in the file and leaves out the signature's own bytes. Whether the signature is
 * valid, and whose it is, is another question.
 */
export class PdfSignature {
  private carry = '';
  private size = 0;
  private dictionary = false;
  private readonly ends = new Set<number>();

  feed(chunk: Buffer): void {
    this.size += chunk.length;
    const window = this.carry + chunk.toString('latin1');
    // `/Type` may be left out; the kind of signature (`SubFilter`) may not, for PAdES.
    this.dictionary ||= /\/Type\s*\/(Sig|DocTimeStamp)\b/.test(window) || /\/SubFilter\s*\/(ETSI|adbe)\./.test(window);
    for (const [, from, before, after, length] of window.matchAll(BYTE_RANGE)) {
      const [start, hole, rest, last] = [from, before, after, length].map(Number);
      if (start === 0 && hole !== undefined && rest !== undefined && last !== undefined && hole < rest) {
        this.ends.add(rest + last);
      }
    }
    this.carry = window.slice(-KEPT_CHARACTERS);
  }

  /** Asked once, at the end. */
  isSigned(): boolean {
    return this.dictionary && [...this.ends].some((end) => end <= this.size);
  }
}
