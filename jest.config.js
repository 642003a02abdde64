// The time-skipping server refuses keep-alive pings; the client's complaint about it is not news.
process.env.GRPC_VERBOSITY = 'NONE';

const folders = (names) => names.map((name) => `<rootDir>/tests/${name}`);

/** What `npm run test:long` runs and `npm test` leaves out. */
const LONG = folders([
  'administration',
  'bench',
  'demo',
  'deploy',
  'exhaustion',
  'platform/processes',
  'queries/export-large',
  'replay/arguments',
  'replay/compatible',
  'replay/coverage',
  'replay/coverage-doc',
  'replay/live',
  'upgrade',
  'walks',
]);
/** What runs on the production server: `npm run test:cluster`, after `npm run programs`. */
const CLUSTER = folders([
  'deploy/cluster',
  'deploy/compose-commands',
  'deploy/dynamic-config',
  'deploy/image-build',
  'deploy/start-cluster',
  'deploy/two-workers-two-apis',
  'storage-s3',
]);
/** Outages of many minutes, and every change of workflow code that must be caught: `npm run test:night`. */
const NIGHT = folders(['faults/long', 'replay/arguments-changed', 'replay/incompatible']);
const FAULTS = folders(['faults']);

const everything = (paths) => paths.flatMap((path) => [`${path}.test.ts`, `${path}/**/*.test.ts`]);

/** `core` is `npm test`; without a group, files are named. */
const TESTS = {
  core: { testPathIgnorePatterns: [...LONG, ...CLUSTER, ...NIGHT, ...FAULTS] },
  long: { testMatch: everything(LONG), testPathIgnorePatterns: CLUSTER },
  cluster: { testMatch: everything(CLUSTER) },
  faults: { testMatch: everything(FAULTS), testPathIgnorePatterns: NIGHT },
  night: { testMatch: everything(NIGHT) },
}[process.env.ITER_TESTS];

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        // Some packages are ESM only: `import()` must stay what it is.
        module: { type: 'commonjs', ignoreDynamic: true },
        sourceMaps: 'inline',
      },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  // Real servers are started and stopped; nothing is waited for that long when all is well.
  testTimeout: 60_000,
  maxWorkers: 2,
  // Freeing half a gigabyte takes longer than jest's half second on a busy machine.
  workerGracefulExitTimeout: 5_000,
  ...TESTS,
};
