import { buildSandbox } from '../../src/sandbox/server';

/** A sandbox in a process of its own, for `kill.test.ts` to kill: tells its address and waits. */
async function main(dataDir: string, secret: string): Promise<void> {
  const sandbox = await buildSandbox({
    host: '127.0.0.1',
    port: 0,
    smtpPort: 0,
    dataDir,
    secret,
    callbackUrl: 'http://127.0.0.1:9/',
    logLevel: 'silent',
  });
  await sandbox.start();
  process.send?.(sandbox.url);
}

const [dataDir = '', secret = ''] = process.argv.slice(2);
main(dataDir, secret).catch(() => process.exit(1));
