/**
 * Measures the product: `npm run bench` writes docs/benchmarks.{md,json} and the picture of the ladder. See `options.ts` for
 * what it can be told.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, prepareBench } from './bench';
import { Figures, updated } from './figures';
import { commitOf, machineOf } from './machine';
import { DOCS, type Options, type PartName, readOptions } from './options';
import { acceptance } from './parts/acceptance';
import { cold } from './parts/cold';
import { ladder } from './parts/ladder';
import { lists } from './parts/lists';
import { memory } from './parts/memory';
import { open } from './parts/open';
import { practice } from './parts/practice';
import { recovery } from './parts/recovery';
import { saves } from './parts/saves';
import { targetTable } from './report/text';
import { assertSameFigures, publishedReport, writeReport } from './report/write';
import { sizesOf } from './sizes';

const PARTS: Readonly<Record<PartName, (bench: Bench) => Promise<void>>> = {
  ladder,
  practice,
  open,
  acceptance,
  saves,
  cold,
  recovery,
  memory,
  lists,
};

const begun = performance.now();
const ends: (() => Promise<unknown>)[] = [];

async function main(options: Options): Promise<void> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'iter-bench-'));
  const figures = new Figures();
  say(`${options.form} form, seed ${options.seed}, data in ${dir}`);
  const later = (end: () => Promise<unknown>) => ends.push(end);
  const bench = await prepareBench({ options, sizes: sizesOf(options.form), figures, say, dir, later });
  for (const part of options.parts) {
    say(`== ${part}`);
    await PARTS[part](bench);
    // A part that fails after an hour must not take along what the others measured.
    writeFileSync(join(dir, 'figures.json'), JSON.stringify(figures.list(), null, 2));
  }
  await conclude(bench);
  await endAll();
  if (options.dir === undefined) rmSync(dir, { recursive: true, force: true });
}

/** Ends whatever was started, the last first; once. */
async function endAll(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end().catch(tell);
}

async function conclude({ options, figures, engine }: Bench): Promise<void> {
  const whole = options.parts.length === Object.keys(PARTS).length;
  const { form, seed } = options;
  const report = {
    form,
    date: new Date().toISOString(),
    commit: commitOf(),
    seed,
    minutes: (performance.now() - begun) / 60_000,
    warmUpLives: sizesOf(form).warmUpLives,
    machine: await machineOf(engine.postgres.url),
    figures: [...(whole ? figures.complete() : figures.list())],
  };
  const published = options.update ? publishedReport() : undefined;
  if (published) {
    for (const file of writeReport(DOCS, updated(published, report, options.parts))) say(`written: ${file}`);
  } else if (options.out === undefined) {
    for (const { name, value, unit } of report.figures) process.stdout.write(`${name}\t${value}\t${unit}\n`);
  } else {
    for (const file of writeReport(options.out, report)) say(`written: ${file}`);
  }
  process.stdout.write(`${targetTable(report.figures)}\n`);
  if (whole && form === 'short') assertSameFigures(report);
}

function say(line: string): void {
  const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(5);
  process.stdout.write(`${seconds} s  ${line}\n`);
}

function tell(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}

/** Data and logs are left where they are, for whoever looks for the reason. */
function fail(error: unknown): void {
  tell(error);
  void endAll().finally(() => process.exit(1));
}

// Whoever ends it early must find no server left behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => fail(new Error(signal)));
process.once('uncaughtException', fail);

main(readOptions(process.argv.slice(2), process.env)).then(() => process.exit(0), fail);
