import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differentNames, type Report, reportSchema } from '../figures';
import { page } from './page';
import { ladderPicture } from './picture';

const DATA = 'benchmarks.json';
const TEXT = 'benchmarks.md';
const PICTURE = 'benchmarks-ladder.svg';
const DOCS = join(__dirname, '..', '..', '..', 'docs');

/** Writes data, page and picture into a folder. Answers what was written. */
export function writeReport(folder: string, given: Report): readonly string[] {
  const report = reportSchema.parse(given);
  const { machine, commit, date } = report;
  const caption = `${machine.cores} cores, ${machine.memoryGb} GB, everything on one machine; commit ${commit}, ${date.slice(0, 10)}`;
  mkdirSync(folder, { recursive: true });
  const files = {
    [DATA]: `${JSON.stringify(report, null, 2)}\n`,
    [TEXT]: page(report, PICTURE),
    [PICTURE]: ladderPicture(report.figures, caption),
  };
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

/** The report of `docs`, if there is one. @throws ZodError when it is not what it must be */
export function publishedReport(): Report | undefined {
  const file = join(DOCS, DATA);
  return existsSync(file) ? reportSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

/** @throws Error when this report has other figures than the one in `docs`, naming them: run the full form again */
export function assertSameFigures(report: Pick<Report, 'figures'>): void {
  const published = publishedReport();
  if (!published) return;
  const names = differentNames(report, published);
  if (names.length === 0) return;
  throw new Error(`docs/${DATA} has other figures, run the full form again: ${names.join(', ')}`);
}
