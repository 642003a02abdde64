import { z } from 'zod';
import { CATALOGUE, type FigureDefinition } from './catalogue';
import { machineSchema } from './machine';
import type { Spread } from './stats';

const figureSchema = z.strictObject({
  name: z.string().regex(/^[a-z]+(\.[A-Za-z0-9]+)+$/),
  /** Null: it was measured and there is no number, e.g. a recovery that did not come. */
  value: z.number().nullable(),
  unit: z.string().min(1),
  target: z.number().nullable(),
  /** Null: there is no target. */
  met: z.boolean().nullable(),
  /** Smallest and largest of the windows whose median is the value. */
  low: z.number().optional(),
  high: z.number().optional(),
});

/** `docs/benchmarks.json`, and what the short form writes. */
export const reportSchema = z.strictObject({
  form: z.enum(['full', 'short']),
  date: z.iso.datetime(),
  commit: z.string().min(1),
  seed: z.int(),
  minutes: z.number().min(0),
  machine: machineSchema,
  figures: z.array(figureSchema),
  /** Lives before anything was measured of a process; reports of before 1 December 2026 had none. */
  warmUpLives: z.int().optional(),
  /** Parts whose figures are of a later run, which measured only them. */
  measuredAgain: z
    .array(z.strictObject({ part: z.string(), commit: z.string().min(1), date: z.iso.datetime() }))
    .optional(),
});

export type Figure = z.infer<typeof figureSchema>;
export type Report = z.infer<typeof reportSchema>;

/** The figures of a run, each by a name of the catalogue and each once. */
export class Figures {
  private readonly known = new Map<string, Figure>();

  /** Notes a figure. @throws Error for a name that the catalogue lacks, or one that has its value already */
  set(name: string, measured: number | Spread | undefined): void {
    const definition = CATALOGUE.find((each) => each.name === name);
    if (!definition) throw new Error(`the catalogue has no figure ${name}`);
    if (this.known.has(name)) throw new Error(`the figure ${name} was measured twice`);
    const spread = typeof measured === 'object' ? measured : undefined;
    const number = typeof measured === 'object' ? measured.value : measured;
    const value = number === undefined || !Number.isFinite(number) ? null : rounded(number);
    const { unit, target = null } = definition;
    this.known.set(name, {
      name,
      value,
      unit,
      target,
      met: isMet(definition, value),
      ...(spread && { low: rounded(spread.low), high: rounded(spread.high) }),
    });
  }

  /** The value of a figure that was noted, if it has one. */
  get(name: string): number | undefined {
    return this.known.get(name)?.value ?? undefined;
  }

  /** What was noted so far, in the order of the catalogue. */
  list(): readonly Figure[] {
    return CATALOGUE.flatMap(({ name }) => this.known.get(name) ?? []);
  }

  /** All of them. @throws Error naming what a whole run should have measured and did not */
  complete(): readonly Figure[] {
    const missing = CATALOGUE.filter(({ name }) => !this.known.has(name));
    if (missing.length > 0) throw new Error(`not measured: ${missing.map(({ name }) => name).join(', ')}`);
    return this.list();
  }
}

/** Says whether two reports have the same figures; names those that only one has. */
export function differentNames(one: Pick<Report, 'figures'>, other: Pick<Report, 'figures'>): readonly string[] {
  const names = [one, other].map(({ figures }) => figures.map(({ name }) => name));
  return (names[0] ?? [])
    .filter((name) => !names[1]?.includes(name))
    .concat((names[1] ?? []).filter((name) => !names[0]?.includes(name)));
}

/** A report of all parts with the figures of some from another, which measured only them. */
export function updated(whole: Report, later: Report, parts: readonly string[]): Report {
  const { commit, date } = later;
  const figures = whole.figures.map((old) => later.figures.find(({ name }) => name === old.name) ?? old);
  const before = (whole.measuredAgain ?? []).filter(({ part }) => !parts.includes(part));
  return { ...whole, figures, measuredAgain: [...before, ...parts.map((part) => ({ part, commit, date }))] };
}

function isMet({ target, better }: FigureDefinition, value: number | null): boolean | null {
  if (target === undefined) return null;
  if (value === null) return false;
  return better === 'more' ? value >= target : value <= target;
}

/** Four significant digits: more would be noise. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
