import { start } from '../../../src/cli/commands/start';
import { loadConfig } from '../../../src/platform/config';

/** Runs `iter start` in a process of its own, with stand-ins for the Iter commands: `run-start.ts <stand-in> <limit>`. */
const [, , standIn = '', readyLimitMs] = process.argv;

void start(loadConfig(), {
  command: [process.execPath, standIn],
  logins: [{ role: 'operator', username: 'lucia', password: 'prova', name: 'Lucia Bianchi' }],
  readyLimitMs: Number(readyLimitMs),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
