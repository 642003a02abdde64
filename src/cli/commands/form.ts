import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importForm } from '../../forms/import/import-form';
import type { Refused } from '../../forms/import/notes';
import { checkForm } from '../../forms/profile/check';
import { type FormProfile, formProfileSchema } from '../../forms/profile/form';
import { resolveParts, UnresolvedPart } from '../../forms/profile/resolve';
import type { Config } from '../../platform/config';
import { errorLine, line } from '../terminal';

const USAGE = `Usage: npx iter form import FILE [--accept] [--out FILE]
       npx iter form check FILE [--parts FOLDER]

import  takes over a form of Form.io. Scripts and unknown kinds of components are told, each with its path and, where one
        can be found, an equivalent; --accept puts these in. Nothing is written while something is refused.
check   tells what keeps a form of the profile from being published. Form parts are looked for in FOLDER by their name.`;

/** `iter form`: forms as files. Exit code 1 when a form can't be taken over or published, 2 for a wrong command line. */
export async function form(_config: Config, args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { accept: { type: 'boolean', default: false }, out: text, parts: text },
  });
  const [what, file, ...more] = positionals;
  if (file === undefined || more.length > 0) return usage();
  const given = readJson(file);
  if (given === undefined) return 1;
  if (what === 'import') return take(given, values.accept, values.out);
  return what === 'check' ? check(given, values.parts) : usage();
}

function usage(): number {
  errorLine(USAGE);
  return 2;
}

function take(given: unknown, accept: boolean, out: string | undefined): number {
  const { form: made, refused, replaced, dropped } = importForm(given, { accept });
  for (const path of dropped) line(`left out: ${path}`);
  for (const one of replaced) line(`replaced: ${one.path}: ${one.proposal?.note}`);
  if (!made) {
    for (const one of refused) errorLine(explained(one));
    const proposed = refused.filter(({ proposal }) => proposal).length;
    errorLine(`${refused.length} refused; ${proposed} of them have an equivalent that --accept puts in.`);
    return 1;
  }
  const json = `${JSON.stringify(made, null, 2)}\n`;
  if (out === undefined) line(json);
  else writeFileSync(out, json);
  return 0;
}

function explained({ path, reason, found, proposal }: Refused): string {
  const lines = [`refused: ${path}: ${reason}`, ...(found === '' ? [] : [`  found: ${found}`])];
  if (!proposal) return lines.join('\n');
  const { note, set, validate } = proposal;
  const instead = { ...set, ...(Object.keys(validate).length > 0 ? { validate } : {}) };
  return [...lines, `  instead: ${note}`, `           ${JSON.stringify(instead)}`].join('\n');
}

function check(given: unknown, folder: string | undefined): number {
  const parsed = formProfileSchema.safeParse(given);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) errorLine(`${path.join('.')}: ${message}`);
    return 1;
  }
  try {
    const parts = new Map(partsIn(folder).map((part) => [part.name, part.components]));
    const resolved = resolveParts(parsed.data, (name) => parts.get(name));
    const defects = checkForm(resolved);
    for (const { path, rule, message } of defects) errorLine(`${path}: ${message} [${rule}]`);
    if (defects.length === 0) line(`${parsed.data.title}: can be published.`);
    return defects.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UnresolvedPart)) throw error;
    errorLine(`${error.message}: put its file into the folder of --parts`);
    return 1;
  }
}

function partsIn(folder: string | undefined): FormProfile[] {
  if (folder === undefined) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.flatMap((name) => {
    const parsed = formProfileSchema.safeParse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    return parsed.success ? [parsed.data] : [];
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    errorLine(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
