import { readFileSync } from 'node:fs';
import { create, type Font } from 'fontkit';
import { NO_BREAK_SPACE, REPLACEMENT } from './clean-text';

export type Weight = 'regular' | 'semibold';
/** `text` is Titillium Web, the typeface of the Italian public administration; `wide` is DejaVu Sans, for what it lacks. */
export type FontName = `${'text' | 'wide'}-${Weight}`;

/** A piece of text that one font can print whole. `scale` multiplies the size, so that both fonts look equally large. */
export interface Run {
  readonly font: FontName;
  readonly scale: number;
  readonly text: string;
}

const FILES: Record<FontName, string> = {
  'text-regular': '@expo-google-fonts/titillium-web/400Regular/TitilliumWeb_400Regular.ttf',
  'text-semibold': '@expo-google-fonts/titillium-web/600SemiBold/TitilliumWeb_600SemiBold.ttf',
  'wide-regular': 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  'wide-semibold': 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf',
};

/** DejaVu's lower case is a tenth taller than Titillium's at the same size. */
const WIDE_SCALE = 0.91;

const parsed = new Map<FontName, Font>();
/** What {@link covers} has already looked up; bounded by the number of characters there are. */
const coverage = new Map<FontName, Map<number, boolean>>();

/**
 * The font for one document. The tables are parsed at first use and shared, which halves the cost of a document; the
 * glyphs are its own: fontkit keeps with each glyph the characters it was first used for, and by them one document
 * would change the bytes of the next.
 * @throws when the package with the file is not installed; install the dependencies again.
 */
export function fontForDocument(name: FontName): Font {
  const shared = parsedFont(name);
  const font: Font = Object.create(shared);
  // Unless told, fontkit draws the cedillas of Turkish as the commas of Romanian, whatever the language of the text.
  const layout: Font['layout'] = (text, features) => shared.layout.call(font, text, { ...features, locl: false });
  return Object.assign(font, { _glyphs: {}, layout });
}

/**
 * Cuts a printable line into runs. The text font comes first; the wide one prints what it lacks, a base character
 * always together with its accents; what both lack becomes U+FFFD.
 */
export function splitRuns(text: string, weight: Weight): Run[] {
  const plain = text.replaceAll(NO_BREAK_SPACE, ' ');
  // Nearly all texts: looking at clusters doubles the time of a document.
  if (plain !== '' && covers(`text-${weight}`, plain)) return [{ font: `text-${weight}`, scale: 1, text: plain }];
  const runs: { font: FontName; scale: number; text: string }[] = [];
  for (const cluster of clustersOf(plain)) {
    for (const piece of assignFont(cluster, weight)) {
      const last = runs.at(-1);
      if (last?.font === piece.font) last.text += piece.text;
      else runs.push({ ...piece });
    }
  }
  return runs;
}

/** Base characters, each with the combining marks that follow it. */
export function clustersOf(text: string): string[] {
  return text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
}

function assignFont(cluster: string, weight: Weight): Run[] {
  const textFont: FontName = `text-${weight}`;
  const wideFont: FontName = `wide-${weight}`;
  if (covers(textFont, cluster)) return [{ font: textFont, scale: 1, text: cluster }];
  if (covers(wideFont, cluster)) return [{ font: wideFont, scale: WIDE_SCALE, text: cluster }];
  const characters = [...cluster];
  if (characters.length > 1) return characters.flatMap((character) => assignFont(character, weight));
  return [{ font: wideFont, scale: WIDE_SCALE, text: REPLACEMENT }];
}

function covers(name: FontName, text: string): boolean {
  const known = coverage.get(name) ?? new Map<number, boolean>();
  coverage.set(name, known);
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    let covered = known.get(codePoint);
    if (covered === undefined) {
      covered = parsedFont(name).hasGlyphForCodePoint(codePoint);
      known.set(codePoint, covered);
    }
    if (!covered) return false;
  }
  return true;
}

function parsedFont(name: FontName): Font {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const font = create(readFileSync(require.resolve(FILES[name])));
  if (!('layout' in font)) throw new Error(`${FILES[name]} holds a collection of fonts, a single font was expected`);
  parsed.set(name, font);
  return font;
}
