import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './compose';

export interface Instruction {
  readonly name: string;
  readonly text: string;
}

export interface Stage {
  readonly base: string;
  /** Its name, or its number where it has none. */
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

export interface Copy {
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

/** The stages of the Dockerfile, in their order. */
export function stages(): readonly Stage[] {
  const found: { base: string; name: string; instructions: Instruction[] }[] = [];
  for (const line of readFileSync(join(ROOT, 'Dockerfile'), 'utf8').replaceAll(/\\\n/g, ' ').split('\n')) {
    const [, name = '', text = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (name === '') {
      if (!/^(#.*)?$/.test(line)) throw new Error(`what is this line of the Dockerfile? ${line}`);
    } else if (name === 'FROM') {
      const [, base = '', stage] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(text) ?? [];
      found.push({ base, name: stage ?? String(found.length), instructions: [] });
    } else found.at(-1)?.instructions.push({ name, text });
  }
  return found;
}

export function copyOf({ text }: Instruction): Copy {
  const words = text.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  return { from, sources: paths.slice(0, -1), target: paths.at(-1) ?? '' };
}

/** Whether .dockerignore keeps a path of the project out of the build; the last rule that fits decides. */
export function isIgnored(path: string): boolean {
  const rules = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  let ignored = false;
  for (const rule of rules) {
    const pattern = rule.replace(/^!/, '');
    if (pattern === '*' || path === pattern || path.startsWith(`${pattern}/`)) ignored = !rule.startsWith('!');
  }
  return ignored;
}
