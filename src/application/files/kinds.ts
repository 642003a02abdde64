/**
 * How the first bytes tell what a file is. Several kinds share one: an OOXML document is a ZIP, a P7C is a CMS
 * message. `text` has no first bytes: such kinds are told by their extension and by being readable text.
 */
export type Container = 'pdf' | 'cms' | 'jpg' | 'png' | 'apng' | 'gif' | 'webp' | 'ico' | 'zip' | 'ole' | 'text';

interface KindData {
  /** As people read it. */
  readonly label: string;
  readonly contentType: string;
  /** The first is given to files whose name lacks one. */
  readonly extensions: readonly string[];
  readonly containers: readonly Container[];
}

const cms = (label: string, extension: string): KindData => ({
  label,
  contentType: 'application/pkcs7-mime',
  extensions: [extension],
  containers: ['cms'],
});
const ooxml = (extension: string, type: string): KindData => ({
  label: extension.toUpperCase(),
  contentType: `application/vnd.openxmlformats-officedocument.${type}`,
  extensions: [extension],
  containers: ['zip'],
});
const odf = (extension: string, type: string): KindData => ({
  label: extension.toUpperCase(),
  contentType: `application/vnd.oasis.opendocument.${type}`,
  extensions: [extension],
  containers: ['zip'],
});
const one = (label: string, contentType: string, container: Container, extensions: readonly string[]): KindData => ({
  label,
  contentType,
  extensions,
  containers: [container],
});

/** Kinds of file that are taken somewhere, with what is shown to people and written in headers. */
export const FILE_KINDS = {
  pdf: one('PDF', 'application/pdf', 'pdf', ['pdf']),
  p7m: cms('P7M (firma digitale)', 'p7m'),
  jpg: one('JPG', 'image/jpeg', 'jpg', ['jpg', 'jpeg']),
  // Every animated PNG is a PNG.
  png: { label: 'PNG', contentType: 'image/png', extensions: ['png'], containers: ['png', 'apng'] },
  apng: one('APNG', 'image/apng', 'apng', ['apng']),
  webp: one('WEBP', 'image/webp', 'webp', ['webp']),
  ico: one('ICO', 'image/x-icon', 'ico', ['ico']),
  gif: one('GIF', 'image/gif', 'gif', ['gif']),
  doc: one('DOC', 'application/msword', 'ole', ['doc']),
  docx: ooxml('docx', 'wordprocessingml.document'),
  odt: odf('odt', 'text'),
  xls: one('XLS', 'application/vnd.ms-excel', 'ole', ['xls']),
  xlsx: ooxml('xlsx', 'spreadsheetml.sheet'),
  ods: odf('ods', 'spreadsheet'),
  ppt: one('PPT', 'application/vnd.ms-powerpoint', 'ole', ['ppt']),
  pptx: ooxml('pptx', 'presentationml.presentation'),
  odp: odf('odp', 'presentation'),
  xps: one('XPS', 'application/vnd.ms-xpsdocument', 'zip', ['xps']),
  csv: one('CSV', 'text/csv', 'text', ['csv']),
  xml: one('XML', 'application/xml', 'text', ['xml']),
  rtf: one('RTF', 'application/rtf', 'text', ['rtf']),
  abw: one('ABW', 'application/x-abiword', 'text', ['abw']),
  txt: one('TXT', 'text/plain', 'text', ['txt']),
  p7: cms('P7 (firma digitale)', 'p7'),
  xp7m: cms('XP7M (firma digitale)', 'xp7m'),
  p7c: cms('P7C (certificati)', 'p7c'),
  zip: one('ZIP', 'application/zip', 'zip', ['zip']),
} as const satisfies Record<string, KindData>;

export type FileKind = keyof typeof FILE_KINDS;

const KINDS = Object.keys(FILE_KINDS) as readonly FileKind[];

/** Kind that a file's name claims by its last extension. */
export function claimedKind(name: string): FileKind | undefined {
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  return KINDS.find((kind) => (FILE_KINDS[kind].extensions as readonly string[]).includes(extension));
}

/** Kinds that a file with these first bytes may be. */
export function kindsIn(container: Container): readonly FileKind[] {
  return KINDS.filter((kind) => (FILE_KINDS[kind].containers as readonly Container[]).includes(container));
}
