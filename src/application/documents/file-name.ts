/** Extensions of what can be a practice's document: ours are PDF, an uploaded decision may be another kind. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/pkcs7-mime': 'p7m',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.ms-xpsdocument': 'xps',
  'application/oxps': 'xps',
  'application/zip': 'zip',
  'text/plain': 'txt',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
};

/**
 * Name under which a document leaves: `ZTL-2026-000042-3.pdf`. It is made of our own reference and the type of the
 * content, never of a name that somebody chose.
 */
export function documentFileName(practice: string, ordinal: number, contentType: string): string {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  return `${practice}-${ordinal}.${EXTENSIONS[type] ?? 'bin'}`;
}
