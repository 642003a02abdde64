/** Stands for `bin/iter.js`: steps leave a trace and end, servers answer and obey SIGTERM; both as their port and file say. */
export const STAND_IN = `
const { appendFileSync, existsSync } = require('node:fs');
const { createServer } = require('node:http');
const { join } = require('node:path');
const { ITER_HOME, DATABASE_URL, TEMPORAL_ADDRESS } = process.env;
const name = process.argv[2];
const trace = (text) => appendFileSync(join(ITER_HOME, 'trace'), name + ' ' + text + '\\n');
const ports = { sandbox: 'ITER_SANDBOX_PORT', worker: 'ITER_WORKER_HEALTH_PORT', api: 'ITER_API_PORT' };
if (!DATABASE_URL.startsWith('postgresql://iter:') || !TEMPORAL_ADDRESS.startsWith('127.0.0.1:')) process.exit(3);
if (existsSync(join(ITER_HOME, 'fail-' + name))) {
  console.log(JSON.stringify({ msg: name + ' was told to fail' }));
  process.exit(7);
} else if (ports[name] === undefined) {
  trace('done');
} else {
  const path = name === 'sandbox' ? '/health' : '/ready';
  const mute = existsSync(join(ITER_HOME, 'mute-' + name));
  const answer = (request, reply) => reply.writeHead(request.url === path && !mute ? 200 : 503).end();
  createServer(answer).listen(Number(process.env[ports[name]]), '127.0.0.1', () => trace('started'));
  process.on('SIGTERM', () => { trace('stopped'); process.exit(0); });
}
`;
