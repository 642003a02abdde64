/**
 * Builds what runs: database client, JavaScript, workflow bundle. With `--if-changed` it does nothing when no source is
 * newer than the last build, so that `npm start` starts at once.
 */
const { execFileSync } = require('node:child_process');
const { existsSync, readdirSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const stamp = join(root, 'dist', '.built');

function newest(path) {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const sources = ['src', 'prisma', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.js'];

function fresh() {
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  return sources.every((name) => newest(join(root, name)) <= built);
}

function run(script, args, env = {}) {
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
}

async function build() {
  // The engine binary is not needed to generate, but its absence would be downloaded: any existing file satisfies it.
  run(require.resolve('prisma/build/index.js'), ['generate', '--no-hints'], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    CHECKPOINT_DISABLE: '1',
  });
  // What has no source any more must not be found by anybody: a file hides a folder of the same name.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(require.resolve('typescript/bin/tsc'), ['-p', 'tsconfig.build.json']);
  const { bundlePractice } = require('../dist/platform/temporal/worker.js');
  const { writeBundle } = require('../dist/platform/temporal/bundle.js');
  writeBundle((await bundlePractice()).code);
  writeFileSync(stamp, `${new Date().toISOString()}\n`);
}

if (process.argv.includes('--if-changed') && fresh()) process.exit(0);
build().then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`${error?.stack ?? error}\n`);
    process.exit(1);
  },
);
