/** Stands in print for whatever cannot be printed, so that a loss is seen by whoever reads the paper. */
export const REPLACEMENT = '\uFFFD';

/** Stays together with its neighbours when lines are broken; printed as a plain space. */
export const NO_BREAK_SPACE = '\u00A0';

const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
const NO_BREAK_SPACES = /[\u2007\u202F]/g;
const OTHER_SPACES = /[\u1680\u2000-\u2006\u2008-\u200A\u205F\u3000]/g;
/** Soft hyphens, joiners, direction marks, variation selectors: nothing to see, and no glyph to see it with. */
const INVISIBLE = /\u00AD|[\u200B-\u200F\u2060-\u2064\uFEFF]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu;
/**
 * Control characters, halves of surrogate pairs and private characters have no agreed look, and PDF/A-2a forbids the
 * last. Direction overrides could make the paper read otherwise than the data.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\u202A-\u202E\u2066-\u2069]/gu;

/**
 * The text as it can be printed: composed (NFC), with `\n` as the only line end and the usual spaces; what has no
 * agreed look becomes U+FFFD. Never throws.
 */
export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(LINE_ENDS, '\n')
    .replace(/\t/g, '    ')
    .replace(NO_BREAK_SPACES, NO_BREAK_SPACE)
    .replace(OTHER_SPACES, ' ')
    .replace(/\u2011/g, '-')
    .replace(INVISIBLE, '')
    .replace(UNPRINTABLE, (character) => (character === '\n' ? character : REPLACEMENT));
}

/** {@link printable} on a single line, for titles and metadata. */
export function printableLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim();
}
