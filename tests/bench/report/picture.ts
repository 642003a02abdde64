import { CONCURRENCIES, concurrenciesOf, RUNGS } from '../catalogue';
import type { Figure } from '../figures';
import { numberText } from './text';

const WIDTH = 860;
const LEFT = 260;
const RIGHT = 90;
const TOP = 64;
const BAR = 13;
const GAP = 14;
/** Light, middle and dark: readable without colours, too. */
const TONES = ['#9ec5e8', '#4a90c8', '#17476b'];
const TEXT = '#1a1a1a';
const QUIET = '#5c6670';

/** The ladder as a picture (SVG): practices per second of each rung, on a logarithmic scale, because rows are no practices. */
export function ladderPicture(figures: readonly Figure[], caption: string): string {
  const rateOf = (key: string, at: number) => figures.find(({ name }) => name === `ladder.${key}.rate.c${at}`);
  const rates = figures.flatMap(({ name, value }) => (/^ladder\..*\.rate\./.test(name) && value ? [value] : []));
  const [low, high] = [Math.floor(Math.log10(Math.min(...rates))), Math.ceil(Math.log10(Math.max(...rates)))];
  const scale = (value: number) => LEFT + ((Math.log10(value) - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  let y = TOP;
  const bars = RUNGS.map(({ key, title }) => {
    const measured = concurrenciesOf(key).flatMap((at) => rateOf(key, at) ?? []);
    const height = Math.max(2, measured.length) * BAR;
    const middle = y + height / 2;
    const first = middle - (measured.length * BAR) / 2;
    const lines = measured.map((figure, index) => barOf(figure, first + index * BAR, scale));
    y += height + GAP;
    return [label(key, title, middle), ...lines].join('\n');
  });
  const bottom = y - GAP / 2;
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)).map((value) => {
    const x = scale(value).toFixed(1);
    return `<line x1="${x}" y1="${TOP - 8}" x2="${x}" y2="${bottom}" stroke="#d5dbe0"/>
<text x="${x}" y="${TOP - 14}" text-anchor="middle" fill="${QUIET}">${numberText(value)}</text>`;
  });
  const height = bottom + 30;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="11" role="img" aria-labelledby="title">
<title id="title">Practices per second on each rung of the ladder, with ${CONCURRENCIES.join(', ')} at once</title>
<rect width="100%" height="100%" fill="#ffffff"/>
<text x="12" y="20" font-size="14" font-weight="600" fill="${TEXT}">Practices per second (L0: rows), logarithmic</text>
${legend()}
${ticks.join('\n')}
${bars.join('\n')}
<text x="12" y="${height - 10}" fill="${QUIET}">${escaped(caption)}</text>
</svg>
`;
}

function barOf(figure: Figure, y: number, scale: (value: number) => number): string {
  const at = Number(/\.c(\d+)$/.exec(figure.name)?.[1]);
  const tone = TONES[CONCURRENCIES.indexOf(at)] ?? QUIET;
  if (!figure.value) return '';
  const end = scale(figure.value);
  const width = Math.max(1, end - LEFT).toFixed(1);
  return `<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR - 2}" fill="${tone}"/>
<text x="${(end + 5).toFixed(1)}" y="${y + BAR - 4}" fill="${TEXT}">${numberText(figure.value)}</text>`;
}

function label(key: string, title: string, middle: number): string {
  return `<text x="12" y="${middle - 2}" font-weight="600" fill="${TEXT}">${escaped(key)}</text>
<text x="12" y="${middle + 11}" fill="${QUIET}">${escaped(title)}</text>`;
}

function legend(): string {
  return CONCURRENCIES.map((at, index) => {
    const x = WIDTH - RIGHT - 230 + index * 100;
    return `<rect x="${x}" y="10" width="11" height="11" fill="${TONES[index]}"/>
<text x="${x + 16}" y="20" fill="${TEXT}">${at} at once</text>`;
  }).join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
