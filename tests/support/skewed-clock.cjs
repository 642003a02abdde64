/**
 * Sets the clock of a process wrong, as that of a machine may be: loaded with `node --require`, it moves what `Date` calls
 * now by as many milliseconds as the file named by ITER_TEST_CLOCK says at that moment.
 */
const { readFileSync } = require('node:fs');

/** How old the number may be: reading it at each look at the clock would be slow. */
const FRESH_MS = 20;

const file = process.env.ITER_TEST_CLOCK;
const TrueDate = Date;
let skewMs = 0;
let readAt = Number.NEGATIVE_INFINITY;

function now() {
  if (performance.now() - readAt > FRESH_MS) {
    skewMs = Number(readFileSync(file, 'utf8'));
    readAt = performance.now();
  }
  return TrueDate.now() + skewMs;
}

if (file) {
  globalThis.Date = new Proxy(TrueDate, {
    construct: (target, given, as) => Reflect.construct(target, given.length === 0 ? [now()] : given, as),
    apply: () => new TrueDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  TrueDate.prototype.constructor = globalThis.Date;
}
