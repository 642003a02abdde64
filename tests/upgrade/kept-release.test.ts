import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
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

test('what is kept says nothing of where it was built: unpacked elsewhere and packed again it is the same', () => {
  const [archive, dir] = [packRelease(THIS_RELEASE.dir), folder()];
  unpackRelease(archive, dir, join(THIS_RELEASE.dir, 'node_modules'));
  expect(packRelease(realpathSync(dir)).equals(archive)).toBe(true);
  expect(gunzipSync(archive).includes(THIS_RELEASE.dir)).toBe(false);
});

test('what was not built can’t be kept', () => {
  expect(() => packRelease(folder())).toThrow(/dist\/workflow-bundle.js is missing: npm run build comes first$/);
});
