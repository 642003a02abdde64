// The time-skipping server refuses keep-alive pings; the client's complaint about it is not news.
process.env.GRPC_VERBOSITY = 'NONE';

/** What `npm run test:long` and `npm run test:faults` run; `npm test` leaves it out. */
const LONG = ['faults', 'demo', 'replay/live', 'queries/export-large', 'administration', 'walks'];

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
  testPathIgnorePatterns: process.env.ITER_TESTS === 'core' ? LONG.map((name) => `<rootDir>/tests/${name}`) : [],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
  // Real servers are started and stopped; nothing is waited for that long when all is well.
  testTimeout: 60_000,
  maxWorkers: 2,
  // Freeing half a gigabyte takes longer than jest's half second on a busy machine.
  workerGracefulExitTimeout: 5_000,
};
