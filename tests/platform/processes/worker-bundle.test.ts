import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/platform/engine/child-process';
import { version } from '../../../src/platform/version';
import { refused } from '../../support/refused';

const ROOT = join(__dirname, '..', '..', '..');
const REMEDY =
  'Run npm run build where the release is made, or install the release again as a whole. [engine.bundle_unusable]';

let installation: string;
let bundle: string;
let record: string;

/** A copy of what an installation holds, to be damaged. */
beforeEach(() => {
  installation = mkdtempSync(join(tmpdir(), 'iter-installation-'));
  for (const name of ['bin', 'dist', 'prisma', 'package.json']) {
    cpSync(join(ROOT, name), join(installation, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(installation, 'node_modules'));
  mkdirSync(join(installation, 'home'));
  bundle = join(installation, 'dist', 'workflow-bundle.js');
  record = join(installation, 'dist', 'workflow-bundle.json');
});
afterEach(() => rmSync(installation, { recursive: true, force: true }));

/** What a worker looks at before anything else: neither database nor engine is asked. */
async function look(): Promise<string> {
  const module = join(installation, 'dist', 'platform', 'temporal', 'bundle.js');
  const script = `try { require(${JSON.stringify(module)}).checkBundle(); console.log('well'); } catch (error) { console.log(error.message); }`;
  return (await run(process.execPath, ['-e', script], { environment: { NODE_OPTIONS: '' } })).output;
}

const refusal = (why: string) => `The workflow bundle ${bundle} ${why}.`;

test('a bundle that lies beside the code it was made of is well', async () => {
  expect(await look()).toBe('well');
});

test('a worker ends at once when the bundle is missing', async () => {
  rmSync(bundle);
  const env = { ITER_HOME: join(installation, 'home'), DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
  const output = `${refusal('is missing')}\n${REMEDY}`;
  expect(await refused('worker', env, join(installation, 'bin', 'iter.js'))).toEqual({ code: 1, output });
});

test('a bundle is refused when nothing says what the bundle was made of', async () => {
  rmSync(record);
  expect(await look()).toBe(refusal(`does not say what it was made of: ${record} is missing`));
  writeFileSync(record, '{"release":');
  expect(await look()).toBe(refusal(`does not say what it was made of: ${record} can't be read`));
});

test('a bundle is refused when it was made for another release', async () => {
  writeFileSync(record, JSON.stringify({ ...JSON.parse(readFileSync(record, 'utf8')), release: '0.0.1' }));
  expect(await look()).toBe(refusal(`was made for release 0.0.1, and this is ${version}`));
});

test('a bundle is refused when it was changed after the build', async () => {
  appendFileSync(bundle, '\n');
  expect(await look()).toBe(refusal('is not as the build left it'));
});

test('a bundle is refused when the code beside it is other than what it was made of', async () => {
  appendFileSync(join(installation, 'dist', 'domain', 'queues.js'), '\n');
  expect(await look()).toBe(refusal('was made of other workflow code than this release has'));
});
