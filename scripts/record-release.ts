/**
 * Keeps a release for the tests that let releases live side by side: after `npm run build`, `npx tsx scripts/record-release.ts` writes
 * its workflow code to `tests/replay/bundles/<version>.js.gz` and all that it needs to run to `tests/upgrade/releases/<version>.json.gz`.
 * With a folder as argument it keeps that of another built copy of the project. What is kept never changes.
 */
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packRelease, strippedBundle } from './release-archive';

const TESTS = join(__dirname, '..', 'tests');

function main(): void {
  const project = realpathSync(resolve(process.argv[2] ?? join(__dirname, '..')));
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { readonly version: string };
  const wanted = [
    [join(TESTS, 'replay', 'bundles', `${version}.js.gz`), () => gzipSync(strippedBundle(project), { level: 9 })],
    [join(TESTS, 'upgrade', 'releases', `${version}.json.gz`), () => packRelease(project)],
  ] as const;
  const missing = wanted.filter(([file]) => !existsSync(file));
  if (missing.length === 0) throw new Error(`release ${version} is kept already, and what is kept never changes`);
  for (const [file, content] of missing) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content());
    process.stdout.write(`${file}\n`);
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error}\n`);
  process.exit(1);
}
