import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../digest';
import { EngineError } from '../engine/engine-error';
import { version } from '../version';

const DIST = join(__dirname, '..', '..');

/** Bundle made by the build. */
export const BUNDLE_PATH = join(DIST, 'workflow-bundle.js');
/** Beside it, what it was made of. */
const RECORD_PATH = join(DIST, 'workflow-bundle.json');
/** Everything that a bundle holds of ours. */
const SOURCES = ['domain', 'workflows'];

const recordSchema = z.object({ release: z.string(), sources: z.string(), bundle: z.string() });

/** Puts a bundle where workers look for it, and beside it what it was made of. The last step of a build. */
export function writeBundle(code: string): void {
  const record = { release: version, sources: digestOfSources(), bundle: sha256(code) };
  replace(BUNDLE_PATH, code);
  replace(RECORD_PATH, `${JSON.stringify(record, undefined, 2)}\n`);
}

/**
 * Workflows that go on under other code than activities and API expect would stop at their next step, so a worker looks
 * before it begins.
 * @throws EngineError when the bundle is missing, damaged or made of other code than what lies beside it: build again.
 */
export function checkBundle(): void {
  if (!existsSync(BUNDLE_PATH)) throw unusable('is missing');
  if (!existsSync(RECORD_PATH)) throw unusable(`does not say what it was made of: ${RECORD_PATH} is missing`);
  const read = recordSchema.safeParse(parsed(readFileSync(RECORD_PATH, 'utf8')));
  if (!read.success) throw unusable(`does not say what it was made of: ${RECORD_PATH} can't be read`);
  const { release, sources, bundle } = read.data;
  if (release !== version) throw unusable(`was made for release ${release}, and this is ${version}`);
  if (bundle !== sha256(readFileSync(BUNDLE_PATH))) throw unusable('is not as the build left it');
  if (sources !== digestOfSources()) throw unusable('was made of other workflow code than this release has');
}

function unusable(why: string): EngineError {
  return new EngineError(
    'engine.bundle_unusable',
    `The workflow bundle ${BUNDLE_PATH} ${why}.`,
    'Run npm run build where the release is made, or install the release again as a whole.',
  );
}

/** Of the compiled code, names and contents: what runs beside the bundle, also where the TypeScript is not. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const path of SOURCES.flatMap((folder) => filesIn(join(DIST, folder))).sort()) {
    hash.update(`${relative(DIST, path).split(sep).join('/')}\0${sha256(readFileSync(path))}\n`);
  }
  return hash.digest('hex');
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function replace(path: string, content: string): void {
  writeFileSync(`${path}.${process.pid}`, content);
  renameSync(`${path}.${process.pid}`, path);
}
