const { createInstrumenter } = require('istanbul-lib-instrument');

/** Name of the object in which instrumented code counts, on the global object of its context. */
const COUNTERS = '__replay__';

const instrumenter = createInstrumenter({
  esModules: true,
  compact: false,
  parserPlugins: ['typescript'],
  coverageVariable: COUNTERS,
  // A workflow's context has no other way to its global object that also holds in strict mode.
  coverageGlobalScope: 'globalThis',
  coverageGlobalScopeFunc: false,
});

/** TypeScript that counts each statement and each branch it comes through, and the counters as they stand before. */
function instrument(source, file) {
  const code = instrumenter.instrumentSync(source, file);
  return { code, coverage: instrumenter.lastFileCoverage() };
}

module.exports = { COUNTERS, instrument };
