import { join } from 'node:path';
import type { Config } from '../../platform/config';
import { buildSandbox } from '../../sandbox/server';
import { untilStopped } from '../until-stopped';

/** Runs the doubles of outside systems: payment gateway, mailbox. For trying and development only. */
export async function sandbox(config: Config): Promise<number> {
  const { host, port, smtpPort, latencyMs } = config.sandbox;
  const double = await buildSandbox({
    host,
    port,
    smtpPort,
    dataDir: join(config.home, 'sandbox'),
    secret: config.payments.secret,
    callbackUrl: `${config.api.publicUrl}/api/v1/callbacks/payments/sandbox`,
    logLevel: config.logLevel,
    latencyMs,
  });
  await double.start();
  await untilStopped();
  await double.stop();
  return 0;
}
