/** Kinds of file that a service may accept, with what is shown to people and written in headers. */
export const FILE_KINDS = {
  pdf: { label: 'PDF', contentType: 'application/pdf', extensions: ['pdf'] },
  p7m: { label: 'P7M (firma digitale)', contentType: 'application/pkcs7-mime', extensions: ['p7m'] },
  jpg: { label: 'JPG', contentType: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  png: { label: 'PNG', contentType: 'image/png', extensions: ['png'] },
} as const;

export type FileKind = keyof typeof FILE_KINDS;

/** Bytes needed to tell what a file is. */
export const HEAD_BYTES = 4100;

const SIGNED_DATA_OID = Buffer.from('06092a864886f70d010702', 'hex');

/** What a file is by its first bytes: one of our kinds, another type's name, or undefined when nothing is recognised. */
export async function sniff(head: Buffer): Promise<FileKind | { readonly other: string } | undefined> {
  if (isSignedEnvelope(head)) return 'p7m';
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  if (!found) return undefined;
  return found.ext === 'pdf' || found.ext === 'jpg' || found.ext === 'png' ? found.ext : { other: found.mime };
}

/** Kind that a file's name claims. */
export function claimedKind(name: string): FileKind | undefined {
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  return (Object.keys(FILE_KINDS) as FileKind[]).find((kind) =>
    (FILE_KINDS[kind].extensions as readonly string[]).includes(extension),
  );
}

/** CAdES envelope: DER or PEM of CMS signed data. The library knows no p7m. */
function isSignedEnvelope(head: Buffer): boolean {
  if (head[0] === 0x30 && head.subarray(0, 64).includes(SIGNED_DATA_OID)) return true;
  return /^-----BEGIN (PKCS7|CMS)-----/.test(head.subarray(0, 30).toString('latin1'));
}
