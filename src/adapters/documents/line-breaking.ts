import { clustersOf, type FontName, type Run, splitRuns } from './fonts';
import type { TextStyle } from './style';

/** Width in points of a text in one font at a size. */
export type Measure = (text: string, font: FontName, size: number) => number;

export interface PlacedRun extends Run {
  /** Distance from the start of the line, in points. */
  readonly offset: number;
}

/** One line of text, ready to print. `width` in points, without the space at its end. */
export interface Line {
  readonly runs: readonly PlacedRun[];
  readonly width: number;
}

/** After these a word that is longer than a line is cut rather than anywhere. */
const CUT_AFTER = /[-/@._:,;?&=+]/;
/** A cut is looked for in the last part of the line only: lines half empty are harder to read than a hard cut. */
const SHORTEST_FILL = 0.5;

/**
 * Breaks a printable text into lines not wider than `width` points: at `\n`, at spaces, and inside a word only when
 * the word is wider than a line (digests, long addresses). No character is lost; a space stays at the end of every
 * line but the last, so that whoever copies the text out of the document gets its words apart.
 */
export function breakLines(text: string, style: TextStyle, width: number, measure: Measure): Line[] {
  const texts = text.split('\n').flatMap((paragraph) => breakParagraph(paragraph, style, width, measure));
  return texts.map((line, index) => {
    const end = index < texts.length - 1 ? line.replace(/ *$/, ' ') : line;
    return toLine(end, style, measure);
  });
}

/** A single line not wider than `width` points, cut with an ellipsis when the text is longer. */
export function fitLine(text: string, style: TextStyle, width: number, measure: Measure): Line {
  const whole = toLine(text, style, measure);
  if (whole.width <= width) return whole;
  const [first = ''] = splitLongWord(text, style, width - widthOf('…', style, measure), measure);
  return toLine(`${first.trimEnd()}…`, style, measure);
}

function breakParagraph(paragraph: string, style: TextStyle, width: number, measure: Measure): string[] {
  const space = widthOf(' ', style, measure);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of paragraph.match(/[^ ]+ *| +/g) ?? []) {
    const trailing = word.length - word.trimEnd().length;
    const full = widthOf(word, style, measure);
    const visible = full - trailing * space;
    if (line !== '' && used + visible > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    if (visible <= width) {
      line += word;
      used += full;
      continue;
    }
    const parts = splitLongWord(word.trimEnd(), style, width, measure);
    const last = `${parts.pop() ?? ''}${' '.repeat(trailing)}`;
    lines.push(...parts);
    line = last;
    used = widthOf(last, style, measure);
  }
  lines.push(line);
  return lines;
}

function splitLongWord(word: string, style: TextStyle, width: number, measure: Measure): string[] {
  const parts: string[] = [];
  let rest = clustersOf(word);
  while (rest.length > 0) {
    const count = rest.length > 1 ? clustersThatFit(rest, style, width, measure) : 1;
    parts.push(rest.slice(0, count).join(''));
    rest = rest.slice(count);
  }
  return parts;
}

/** How many clusters go on the line: at least one, or a character wider than the line would never be printed. */
function clustersThatFit(clusters: readonly string[], style: TextStyle, width: number, measure: Measure): number {
  let count = 0;
  let used = 0;
  while (count < clusters.length) {
    used += widthOf(clusters[count] ?? '', style, measure);
    if (used > width) break;
    count += 1;
  }
  // Kerning may make the whole wider than the sum of its parts.
  while (count > 1 && widthOf(clusters.slice(0, count).join(''), style, measure) > width) count -= 1;
  if (count >= clusters.length) return clusters.length;
  for (let cut = count; cut > count * SHORTEST_FILL; cut -= 1) {
    if (CUT_AFTER.test(clusters[cut - 1] ?? '')) return cut;
  }
  return Math.max(count, 1);
}

function toLine(text: string, style: TextStyle, measure: Measure): Line {
  let offset = 0;
  const runs = splitRuns(text, style.weight).map((run) => {
    const placed = { ...run, offset };
    offset += measure(run.text, run.font, style.size * run.scale);
    return placed;
  });
  const trailing = text.length - text.trimEnd().length;
  const width = trailing === 0 ? offset : offset - trailing * widthOf(' ', style, measure);
  return { runs, width };
}

function widthOf(text: string, style: TextStyle, measure: Measure): number {
  return splitRuns(text, style.weight).reduce(
    (sum, run) => sum + measure(run.text, run.font, style.size * run.scale),
    0,
  );
}
