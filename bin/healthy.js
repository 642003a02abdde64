#!/usr/bin/env node
// For health checks where nothing else can ask: ends well when the address answers 2xx within three seconds.
fetch(process.argv[2], { signal: AbortSignal.timeout(3_000) }).then(
  (answer) => process.exit(answer.ok ? 0 : 1),
  () => process.exit(1),
);
