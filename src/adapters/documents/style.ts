import type { DocumentModel } from '../../activities/ports/document-renderer';
import type { Weight } from './fonts';

/** How a text is set. Sizes and leading in points. */
export interface TextStyle {
  readonly weight: Weight;
  readonly size: number;
  /** Distance between two baselines. */
  readonly leading: number;
  readonly color: string;
}

/** A4 in points, origin at the top left. */
export const PAGE = { width: 595.28, height: 841.89, left: 64, right: 64, firstTop: 52, top: 82, bottom: 768 } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;

/** Every text colour has a contrast of at least 4.5:1 on its ground (WCAG 1.4.3). */
export const COLOR = {
  ink: '#1A1A1A',
  navy: '#17324D',
  grey: '#455A64',
  accent: '#0066CC',
  rule: '#D3D9DE',
  frame: '#C5CDD4',
  panel: '#F5F7F9',
} as const;

export const STYLE = {
  issuer: { weight: 'semibold', size: 14, leading: 18, color: COLOR.navy },
  subhead: { weight: 'regular', size: 10, leading: 14, color: COLOR.grey },
  title: { weight: 'semibold', size: 20, leading: 25, color: COLOR.navy },
  heading: { weight: 'semibold', size: 13, leading: 17, color: COLOR.navy },
  body: { weight: 'regular', size: 10.5, leading: 15, color: COLOR.ink },
  label: { weight: 'regular', size: 10.5, leading: 15, color: COLOR.grey },
  noteTitle: { weight: 'semibold', size: 10, leading: 14.5, color: COLOR.navy },
  note: { weight: 'regular', size: 9, leading: 12.5, color: COLOR.ink },
  margin: { weight: 'regular', size: 8.5, leading: 11, color: COLOR.grey },
} as const satisfies Record<string, TextStyle>;

/** "Pagina 1 di 3" in the language of the document. */
export function pageLabel(language: DocumentModel['language'], page: number, pages: number): string {
  const words = { it: ['Pagina', 'di'], de: ['Seite', 'von'], en: ['Page', 'of'] } as const;
  const [name, of] = words[language];
  return `${name} ${page} ${of} ${pages}`;
}
