// The time-skipping server refuses keep-alive pings; the client's complaint about it is not news.
process.env.GRPC_VERBOSITY = 'NONE';

/** What `npm run test:long` runs and `npm test` leaves out, and the faults, which have a command of their own. */
const LONG = [
  'administration',
  'demo',
  'deploy',
  'exhaustion',
  'queries/export-large',
  'replay/arguments-changed',
  'replay/compatible',
  'replay/coverage',
  'replay/incompatible',
  'replay/live',
  'storage-s3',
  'upgrade',
  'walks',
].map((name) => `<rootDir>/tests/${name}`);
const FAULTS = '<rootDir>/tests/faults';

/** `core` is `npm test`, `long` the rest without faults; without either, files are named. */
const TESTS = {
  core: { testPathIgnorePatterns: [...LONG, FAULTS] },
  long: { testMatch: LONG.flatMap((path) => [`${path}.test.ts`, `${path}/**/*.test.ts`]) },
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
