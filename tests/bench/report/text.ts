import { CATALOGUE, CONCURRENCIES, concurrenciesOf, RUNGS } from '../catalogue';
import type { Figure, Report } from '../figures';
import { LIST_QUESTIONS } from '../lists/questions';
import { ROUTES } from '../product/life';

/** A number as people read it: three digits that count, thousands apart; a dash for none. */
export function numberText(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return thousands(String(value));
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return thousands(String(Number(value.toFixed(digits))));
}

/** A table with its header, columns after the first to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(header), line(rule), ...rows.map(line)].join('\n');
}

/** Every figure with a target, and whether it was reached; of the many questions to lists the slowest of each kind. */
export function targetTable(figures: readonly Figure[]): string {
  const slowest = (target: number) =>
    figures
      .filter((figure) => isQuestion(figure) && figure.target === target)
      .reduce<Figure | undefined>((a, b) => (a && (a.value ?? 0) >= (b.value ?? 0) ? a : b), undefined);
  const shown = figures.filter((figure) => figure.target !== null && !isQuestion(figure));
  const rows = [...shown, slowest(150), slowest(20)].flatMap((figure) => {
    const definition = CATALOGUE.find(({ name }) => name === figure?.name);
    if (!figure || !definition) return [];
    const sign = definition.better === 'more' ? '≥ ' : figure.target === 0 ? '' : '≤ ';
    const target = `${sign}${numberText(figure.target)} ${unitText(figure.unit)}`;
    const value = `${numberText(figure.value)} ${unitText(figure.unit)}`;
    return [[`${definition.title} (\`${figure.name}\`)`, target, value, figure.met ? 'reached' : '**not reached**']];
  });
  return table(['Figure', 'Target', 'Measured', ''], rows);
}

function isQuestion({ name }: Figure): boolean {
  return name.startsWith('lists.') && name.endsWith('.p95');
}

/** One row for each question to the lists. */
export function questionTable(figures: readonly Figure[]): string {
  const rows = LIST_QUESTIONS.map(({ key, title }) => {
    const of = (share: string) => figures.find(({ name }) => name === `lists.${key}.${share}`);
    const [half, most, busy] = [of('p50'), of('p95'), of('busyP95')];
    const reached = most?.met ? 'reached' : '**not reached**';
    const [p50, p95, busyP95] = [half, most, busy].map((figure) => `${numberText(figure?.value)} ms`);
    return [title, p50 ?? '', p95 ?? '', `≤ ${most?.target} ms`, reached, busyP95 ?? ''];
  });
  return table(['Question', 'Median', '95th percentile', 'Target', '', '95th without a pause'], rows);
}

/** One row for each route of the API in open loop. */
export function routeTable(figures: readonly Figure[]): string {
  const rows = ROUTES.map((route) => {
    const of = (load: string, share: string) =>
      `${numberText(figures.find(({ name }) => name === `open.${load}.api.${route}.${share}`)?.value)} ms`;
    return [route, of('half', 'p95'), of('half', 'p99'), of('threeQuarters', 'p95'), of('threeQuarters', 'p99')];
  });
  return table(['Route', '½: p95', '½: p99', '¾: p95', '¾: p99'], rows);
}

/** Figures of one part, one a row; routes have a table of their own. */
export function partTable(figures: readonly Figure[], part: string): string {
  const rows = figures
    .filter(({ name }) => name.startsWith(`${part}.`) && !name.includes('.api.'))
    .map((figure) => {
      const title = CATALOGUE.find(({ name }) => name === figure.name)?.title ?? figure.name;
      return [`${title} (\`${figure.name}\`)`, `${numberText(figure.value)} ${unitText(figure.unit)}`];
    });
  return table(['Figure', 'Measured'], rows);
}

/** With how many at once the waits of the table are. */
export const WAITS_AT = 8;

/** One row for each rung: rates with their spread, then what people wait for. */
export function ladderTable(figures: readonly Figure[]): string {
  const header = ['Rung', ...CONCURRENCIES.map((at) => `${at} at once`), 'Life p50 / p99', 'Submission p50 / p99'];
  const rows = RUNGS.map(({ key, title }) => {
    const of = (what: string, at: number) => figures.find(({ name }) => name === `ladder.${key}.${what}.c${at}`);
    const measured = concurrenciesOf(key);
    const rates = CONCURRENCIES.map((at) => (measured.includes(at) ? rateText(of('rate', at)) : ''));
    const waits = (what: string) => {
      const at = measured.find((each) => each === WAITS_AT) ?? measured[0] ?? WAITS_AT;
      const [half, most] = ['p50', 'p99'].map((p) => numberText(of(`${what}.${p}`, at)?.value));
      return `${half} / ${most} ms`;
    };
    return [`**${key}** ${title}`, ...rates, waits('life'), waits('submit')];
  });
  return table(header, rows);
}

function rateText(rate: Figure | undefined): string {
  const spread = rate?.low === rate?.high ? '' : ` (${numberText(rate?.low)}–${numberText(rate?.high)})`;
  return `${numberText(rate?.value)}${spread}`;
}

function unitText(unit: string): string {
  return unit === 'ratio' || unit === 'share' ? '' : unit;
}

function thousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** How many targets were reached, in words. */
export function verdict({ figures }: Pick<Report, 'figures'>): string {
  const targets = figures.filter(({ met }) => met !== null);
  const missed = targets.filter(({ met }) => !met);
  if (missed.length === 0) return `All ${targets.length} targets were reached.`;
  return `${targets.length - missed.length} of ${targets.length} targets were reached; ${missed.length} were not.`;
}
