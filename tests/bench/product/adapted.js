/**
 * Loaded before a process of the product (`node --require`): replaces what no setting of the product changes and a
 * measurement needs otherwise. Everything else is the product as it was built.
 */
const { join } = require('node:path');

const dist = join(__dirname, '..', '..', '..', 'dist');

/** Puts a changed module where the product will look for it. */
function replace(path, change) {
  const file = require.resolve(join(dist, path));
  const original = require(file);
  require.cache[file].exports = { ...original, ...change(original) };
}

if (process.env.ITER_BENCH_WITHOUT_DOCUMENTS) {
  const bytes = Buffer.from('%PDF-1.4\n% no document: what is measured is all the rest\n%%EOF\n');
  replace('adapters/documents/pdf-renderer.js', () => ({
    createPdfRenderer: () => ({ render: async () => bytes }),
  }));
}

if (process.env.ITER_BENCH_CACHED_PRACTICES) {
  const maxCachedWorkflows = Number(process.env.ITER_BENCH_CACHED_PRACTICES);
  replace('platform/temporal/worker.js', ({ startWorkers }) => ({
    startWorkers: (options) => startWorkers({ ...options, maxCachedWorkflows }),
  }));
}
