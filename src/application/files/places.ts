import type { FileKind } from './kinds';

/** Where files are given: each place has its list, its size and its bound. */
export const PLACE_NAMES = [
  'form',
  'integration',
  'observations',
  'message',
  'note',
  'decision',
  'communication',
] as const;

export type PlaceName = (typeof PLACE_NAMES)[number];

export interface Place {
  readonly label: string;
  readonly accept: readonly FileKind[];
  /** Largest single file, in MB of 1024 × 1024 bytes. */
  readonly maxMegabytes: number;
  /** How many files one person may keep here in one practice. */
  readonly maxFiles: number;
}

const FORM: readonly FileKind[] = ['pdf', 'p7m', 'jpg', 'png'];

/** Whatever people exchange while a practice is worked on. */
const CORRESPONDENCE: readonly FileKind[] = [
  ...(['doc', 'docx', 'odt', 'pdf', 'xls', 'xlsx', 'ods', 'ppt', 'pptx', 'odp'] as const),
  ...(['csv', 'xml', 'rtf', 'abw', 'txt'] as const),
  ...(['jpg', 'png', 'apng', 'webp', 'ico', 'gif'] as const),
  ...(['p7', 'p7m', 'xp7m', 'p7c', 'zip'] as const),
];

/** What leaves the office as an act. */
const OUTGOING: readonly FileKind[] = [
  ...(['doc', 'docx', 'odt', 'pdf', 'txt', 'jpg', 'png', 'gif', 'p7m', 'xps', 'zip'] as const),
];

/** Accepted files and limits of each place, as the reference manual lists them; a service may narrow those of its form. */
export const PLACES: Readonly<Record<PlaceName, Place>> = {
  form: { label: 'Modulo', accept: FORM, maxMegabytes: 30, maxFiles: 200 },
  integration: { label: 'Integrazioni', accept: CORRESPONDENCE, maxMegabytes: 30, maxFiles: 200 },
  observations: { label: 'Osservazioni', accept: CORRESPONDENCE, maxMegabytes: 30, maxFiles: 100 },
  message: { label: 'Messaggi', accept: CORRESPONDENCE, maxMegabytes: 30, maxFiles: 200 },
  note: { label: 'Note interne', accept: CORRESPONDENCE, maxMegabytes: 30, maxFiles: 200 },
  decision: { label: 'Esito', accept: OUTGOING, maxMegabytes: 30, maxFiles: 100 },
  communication: { label: 'Comunicazioni', accept: OUTGOING, maxMegabytes: 30, maxFiles: 200 },
};

/** MB that one person may keep in one practice, all places together: nobody can fill the store, or another's share. */
export const MAX_MEGABYTES_TOGETHER = 2048;

/** Place of an attachment, from the field it was uploaded for. */
export function placeOf(field: string): PlaceName {
  if (field.startsWith('integration.')) return 'integration';
  return PLACE_NAMES.find((name) => name === field && name !== 'form' && name !== 'integration') ?? 'form';
}
