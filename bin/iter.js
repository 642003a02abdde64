#!/usr/bin/env node
// Times of law are computed by our own code; everything else speaks UTC, whatever the machine is set to.
process.env.TZ = 'UTC';
require('../dist/cli/main.js')
  .main(process.argv.slice(2))
  .then((code) => process.exit(code));
