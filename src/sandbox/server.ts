import { mkdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { controlRoutes } from './control';
import { Deliveries } from './deliveries';
import { noFaults } from './faults';
import { gatewayRoutes } from './gateway';
import { indexRoutes } from './home-page';
import { installHttpRules } from './http';
import { Ledger } from './ledger';
import { MailStore } from './mail-store';
import { mailboxRoutes } from './mailbox';
import { payPageRoutes } from './pay-page';
import { buildSmtp } from './smtp';

export interface SandboxOptions {
  readonly host: string;
  /** Port of pages and REST; 0 chooses a free one. */
  readonly port: number;
  /** Port of SMTP; 0 chooses a free one. */
  readonly smtpPort: number;
  /** Folder of the books and of the mails, made when missing. One process at a time. */
  readonly dataDir: string;
  /** Shared with the adapter: bearer token of its calls and key of the callbacks' signatures. */
  readonly secret: string;
  /** Where receipts are posted. */
  readonly callbackUrl: string;
  readonly logLevel: string;
  /** How long the gateway and the mail server take to answer at least, in milliseconds; 0 if not given. */
  readonly latencyMs?: number;
  /** The gateway's clock, for tests of expiry; the machine's otherwise. */
  readonly now?: () => Date;
}

export interface Sandbox {
  readonly app: FastifyInstance;
  /** Address of pages and REST, without final slash; the chosen port once started. */
  readonly url: string;
  /** Port of SMTP; the chosen one once started. */
  readonly smtpPort: number;
  /** Listens, then takes up undelivered receipts. Rejects when a port is taken: stop the other process or change port. */
  start(): Promise<void>;
  /** Closes everything and keeps what was acknowledged. */
  stop(): Promise<void>;
}

/**
 * Builds the sandbox: a payment gateway that moves no money and a mail server that sends nothing. Never for production.
 * @throws Error when the data folder can't be used or its journal can't be read.
 */
export async function buildSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.now ?? (() => new Date());
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  const faults = noFaults();
  const ledger = await Ledger.open(join(options.dataDir, 'payments.jsonl'), now);
  const store = await MailStore.open(join(options.dataDir, 'mail'));
  const app = fastify({
    logger: options.logLevel === 'silent' ? false : { level: options.logLevel },
    // Addresses of requests hold mail addresses, and a page that is looked at is no event.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 600 },
  });
  const { secret, callbackUrl, latencyMs = 0 } = options;
  const deliveries = new Deliveries({
    callbackUrl,
    secret,
    ledger,
    now,
    held: () => faults.holdCallbacks,
    log: app.log,
  });
  const smtp = buildSmtp({ store, faults, latencyMs, log: app.log });

  installHttpRules(app);
  indexRoutes(app, { ledger, store });
  gatewayRoutes(app, { ledger, faults, secret, latencyMs });
  controlRoutes(app, { ledger, deliveries, faults, secret });
  payPageRoutes(app, { ledger, deliveries });
  mailboxRoutes(app, store);

  let { smtpPort } = options;
  let smtpListens = false;
  return {
    app,
    get url() {
      return baseUrl(options.host, (app.server.address() as AddressInfo | null)?.port ?? options.port);
    },
    get smtpPort() {
      return smtpPort;
    },
    async start() {
      await app.listen({ host: options.host, port: options.port });
      smtpPort = await smtp.listen(options.smtpPort, options.host);
      smtpListens = true;
      deliveries.start();
    },
    async stop() {
      await deliveries.stop();
      await Promise.all([app.close(), smtpListens ? smtp.close() : undefined]);
      await ledger.close();
    },
  };
}

function baseUrl(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
