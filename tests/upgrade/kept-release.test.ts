import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { packRelease, unpackRelease } from '../../scripts/release-archive';
import { releaseBefore, THIS_RELEASE } from './support/releases';

const KEPT = join(__dirname, 'releases');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'iter-kept-'));
  folders.push(made);
  return made;
}

/** What a line of the release's own code prints, where it lies. */
async function printed(dir: string, code: string): Promise<string> {
  return (await promisify(execFile)(process.execPath, ['-e', code], { cwd: dir })).stdout;
}

test.each(readdirSync(KEPT))('%s is small', (file) => {
  expect(statSync(join(KEPT, file)).size).toBeLessThan(2_000_000);
});

test('the release before says its own name', async () => {
  const before = releaseBefore();
  expect(await printed(before.dir, "process.stdout.write(require('./dist/platform/version.js').version)")).toBe(
    before.version,
  );
  before.end();
});

test('a release that is packed now and unpacked elsewhere is whole: its worker would take its bundle', async () => {
  const dir = folder();
  unpackRelease(packRelease(THIS_RELEASE.dir), dir, join(THIS_RELEASE.dir, 'node_modules'));
  const check = "require('./dist/platform/temporal/bundle.js').checkBundle(); process.stdout.write('usable')";
  expect(await printed(dir, check)).toBe('usable');
  const command = "require('./dist/cli/main.js'); process.stdout.write('loaded')";
  expect(await printed(dir, command)).toBe('loaded');
});

test('what is kept is the same wherever it was built and wherever its packages were', () => {
  const built = (modules: string) => {
    const dir = realpathSync(folder());
    mkdirSync(join(dir, modules), { recursive: true });
    if (modules !== 'node_modules') symlinkSync(join(dir, modules), join(dir, 'node_modules'), 'junction');
    for (const name of ['bin', 'dist', 'prisma']) mkdirSync(join(dir, name));
    writeFileSync(join(dir, 'package.json'), '{}');
    const map = '//# sourceMappingURL=data:application/json;base64,e30=';
    const code = `"./${modules}/ms/index.js";\n"${dir}/src/index.ts";\n${map}`;
    writeFileSync(join(dir, 'dist', 'workflow-bundle.js'), code);
    return packRelease(dir);
  };
  const here = built('node_modules');
  expect(built('else/where').equals(here)).toBe(true);
  expect(JSON.parse(gunzipSync(here).toString())['dist/workflow-bundle.js']).toMatch(
    /^"\.\/node_modules\/ms\/index\.js";\n"\/iter\/src\/index\.ts";\n\/\/# sourceMappingURL=\S+\n$/,
  );
});

test('what was not built can’t be kept', () => {
  expect(() => packRelease(folder())).toThrow(/dist\/workflow-bundle.js is missing: npm run build comes first$/);
});
