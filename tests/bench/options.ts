import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const PARTS = [
  'ladder',
  'practice',
  'open',
  'acceptance',
  'saves',
  'cold',
  'recovery',
  'memory',
  'lists',
] as const;
export type PartName = (typeof PARTS)[number];
export type Form = 'full' | 'short';

export interface Options {
  readonly form: Form;
  /** Folder for the report; absent when only parts run and nobody named one: the figures are printed. */
  readonly out: string | undefined;
  readonly parts: readonly PartName[];
  /** Puts the figures of the parts into the published report. */
  readonly update: boolean;
  /** What every random choice follows from. */
  readonly seed: number;
  /** Folder for CPU profiles of API and worker, which then run slower. */
  readonly profile: string | undefined;
  /** Where the servers keep their data during the run; a temporary folder unless named. */
  readonly dir: string | undefined;
}

export const DOCS = join(__dirname, '..', '..', 'docs');
const USAGE = `Usage: npm run bench -- [--only ${PARTS.join(',')}] [--out <folder>] [--seed <number>]
  [--dir <folder for data>] [--profile <folder>] [--update]
ITER_BENCH=short runs the short form, which needs --out. --update puts the figures of the parts named by --only into docs.`;

/** Reads the command line. @throws Error that says how it is used */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: text,
      out: text,
      seed: text,
      dir: text,
      profile: text,
      update: { type: 'boolean', default: false },
    },
  });
  const form = z.enum(['full', 'short']).safeParse(environment['ITER_BENCH'] || 'full');
  const parts = z.array(z.enum(PARTS)).safeParse(values.only?.split(',') ?? [...PARTS]);
  const seed = z.coerce
    .number()
    .int()
    .safeParse(values.seed ?? Date.now() % 1_000_000);
  if (!form.success || !parts.success || !seed.success) throw new Error(USAGE);
  const whole = values.only === undefined;
  // The short form proves that the benchmark runs; its numbers must never replace those of the full one.
  if (form.data === 'short' && whole && values.out === undefined) throw new Error(USAGE);
  if (form.data === 'short' && values.out === DOCS) throw new Error('The short form never writes over docs.');
  const out = values.out ?? (whole ? DOCS : undefined);
  const { dir, profile, update } = values;
  if (update && (whole || out !== undefined || profile !== undefined || form.data === 'short')) throw new Error(USAGE);
  return { form: form.data, out, parts: parts.data, update, seed: seed.data, dir, profile };
}
