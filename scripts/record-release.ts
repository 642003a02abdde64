/**
 * Keeps the workflow code of a release for the tests that let releases live side by side: after `npm run build`,
 * `npx tsx scripts/record-release.ts` writes `tests/replay/bundles/<version>.js.gz`. With a folder as argument it keeps that of another
 * built copy of the project. What is kept never changes.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUNDLES = join(__dirname, '..', 'tests', 'replay', 'bundles');

/** The SDK asks for a source map; an empty one serves it, and keeps two thirds of the bytes out of the repository. */
const NO_MAP = Buffer.from(
  JSON.stringify({ version: 3, file: 'workflow-bundle.js', sources: [], names: [], mappings: '' }),
).toString('base64');

/** The bundle as it is kept: without source map, and without the place where it was built. */
function stripped(code: string, project: string): string {
  const bare = code.replace(/\n\/\/# sourceMappingURL=data:[^\n]*/, '').replaceAll(project, '/iter');
  return `${bare}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${NO_MAP}\n`;
}

function main(): void {
  const project = realpathSync(resolve(process.argv[2] ?? join(__dirname, '..')));
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { readonly version: string };
  const file = join(BUNDLES, `${version}.js.gz`);
  if (existsSync(file)) throw new Error(`${file} is there already: a released bundle never changes`);
  const built = join(project, 'dist', 'workflow-bundle.js');
  if (!existsSync(built)) throw new Error(`${built} is missing: npm run build comes first`);
  mkdirSync(BUNDLES, { recursive: true });
  writeFileSync(file, gzipSync(stripped(readFileSync(built, 'utf8'), project), { level: 9 }));
  process.stdout.write(`${file}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error}\n`);
  process.exit(1);
}
