import type { Container } from './kinds';

/** Bytes needed to tell what a file is. */
export const HEAD_BYTES = 4100;

/** OID 1.2.840.113549.1.7.2, CMS signed data, as DER writes it. */
const SIGNED_DATA = Buffer.from('06092a864886f70d010702', 'hex');
/** A first entry, or the end record of an archive without any. */
const ZIP_STARTS = ['504b0304', '504b0506'];
const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

const BY_EXTENSION: Readonly<Record<string, Container>> = {
  pdf: 'pdf',
  jpg: 'jpg',
  png: 'png',
  apng: 'apng',
  gif: 'gif',
  webp: 'webp',
  ico: 'ico',
};

/** What a file is by its first bytes: a container of ours, another type's name, or undefined when nothing is recognised. */
export async function containerOf(
  head: Buffer,
): Promise<Exclude<Container, 'text'> | { readonly other: string } | undefined> {
  if (isCms(head)) return 'cms';
  if (ZIP_STARTS.includes(head.subarray(0, 4).toString('hex'))) return 'zip';
  if (head.subarray(0, 8).equals(OLE)) return 'ole';
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (!found) return undefined;
  const container = BY_EXTENSION[found.ext];
  return container && container !== 'text' ? container : { other: found.mime };
}

/** CAdES envelope or certificates: DER, PEM, or the base64 alone that some signing programs write. The library knows none. */
function isCms(head: Buffer): boolean {
  if (isDer(head)) return true;
  const text = head.toString('latin1');
  if (/^-----BEGIN (PKCS7|CMS)-----/.test(text)) return true;
  const start =
    /^[A-Za-z0-9+/\r\n]{88,}/
      .exec(text)?.[0]
      .replace(/[\r\n]/g, '')
      .slice(0, 88) ?? '';
  return isDer(Buffer.from(start, 'base64'));
}

function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && bytes.subarray(0, 64).includes(SIGNED_DATA);
}
