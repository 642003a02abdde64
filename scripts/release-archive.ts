import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Paths in a project and what they hold. */
type Files = Readonly<Record<string, string>>;

const BUNDLE = 'dist/workflow-bundle.js';
const RECORD = 'dist/workflow-bundle.json';

/** What a release needs to run, apart from the packages of others. */
const KEPT = [/^bin\/.*\.js$/, /^dist\/.*\.js$/, /^prisma\//, /^package\.json$/];

/** The SDK asks for a source map; an empty one serves it, and keeps two thirds of the bytes out of the repository. */
const NO_MAP = Buffer.from(
  JSON.stringify({ version: 3, file: 'workflow-bundle.js', sources: [], names: [], mappings: '' }),
).toString('base64');

/**
 * The workflow code of a built project as it is kept: without source map, and without the place where it was built.
 * @throws when it is not built
 */
export function strippedBundle(project: string): string {
  const built = join(project, BUNDLE);
  if (!existsSync(built)) throw new Error(`${built} is missing: npm run build comes first`);
  const modules = relative(project, realpathSync(join(project, 'node_modules'))).replaceAll('\\', '/');
  const bare = readFileSync(built, 'utf8')
    .replace(/\n\/\/# sourceMappingURL=data:[^\n]*/, '')
    .replaceAll(modules.startsWith('.') ? modules : `./${modules}`, './node_modules')
    .replaceAll(project, '/iter')
    .trimEnd();
  return `${bare}\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${NO_MAP}\n`;
}

/**
 * A built project as one compressed file that depends on nothing but its content: compiled code with the database client made for
 * its schema, workflow code, migrations. The packages of others are not in it: it runs with those that are installed.
 * @throws when it is not built
 */
export function packRelease(project: string): Buffer {
  const bundle = strippedBundle(project);
  const files = pathsIn(project).map((path) => [path, readFileSync(join(project, path), 'utf8')] as const);
  const packed: Record<string, string> = { ...Object.fromEntries(files), [BUNDLE]: bundle };
  const record = join(project, RECORD);
  if (existsSync(record)) {
    // A worker looks whether its bundle is the one that was built; what is kept has another digest without its map.
    const said = JSON.parse(readFileSync(record, 'utf8')) as object;
    packed[RECORD] = JSON.stringify({ ...said, bundle: createHash('sha256').update(bundle).digest('hex') });
  }
  return gzipSync(JSON.stringify(packed), { level: 9 });
}

/** Puts a packed release into a folder, so that its `bin/iter.js` runs with the packages in `modules`. */
export function unpackRelease(archive: Buffer, folder: string, modules: string): void {
  for (const [path, text] of Object.entries(JSON.parse(gunzipSync(archive).toString()) as Files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(modules, join(folder, 'node_modules'), 'junction');
}

function pathsIn(project: string): readonly string[] {
  return ['bin', 'dist', 'prisma']
    .flatMap((name) =>
      readdirSync(join(project, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(project, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
    )
    .concat('package.json')
    .filter((path) => KEPT.some((kept) => kept.test(path)))
    .sort();
}
