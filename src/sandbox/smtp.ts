import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { SMTPServer } from 'smtp-server';
import type { Faults } from './faults';
import type { MailStore } from './mail-store';

const MAX_BYTES = 40 * 1024 * 1024;
const REFUSED_DOMAIN = '@rifiuta.example';

/** The SMTP side: takes every mail, from anybody, and never sends one on. */
export interface SmtpDouble {
  /** Starts to listen; 0 chooses a free port. Gives the port. */
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

/** A refusal with the SMTP code that the client is to see. */
class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** Builds the SMTP double: a mail is on disk, under its final name, before the client hears 250. */
export function buildSmtp(deps: {
  store: MailStore;
  faults: Faults;
  latencyMs: number;
  log: FastifyBaseLogger;
}): SmtpDouble {
  const { store, faults, latencyMs, log } = deps;
  const server = new SMTPServer({
    name: 'sandbox.example',
    banner: 'Ambiente di prova',
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: MAX_BYTES,
    disableReverseLookup: true,
    maxAllowedUnauthenticatedCommands: false,
    closeTimeout: 200,
    logger: false,
    onRcptTo(address, _session, callback) {
      if (!address.address.toLowerCase().endsWith(REFUSED_DOMAIN)) return callback();
      return callback(new SmtpRefusal(550, '5.1.1 No such mailbox here, as its domain says'));
    },
    onData(stream, _session, callback) {
      // The wait runs beside the storing: it is how long the answer takes, not what is added to it.
      Promise.all([receive(store, faults, stream), latencyMs > 0 ? pause(latencyMs) : undefined]).then(
        ([id]) => callback(null, `2.0.0 Stored as ${id}`),
        (error: Error) => {
          if (!(error instanceof SmtpRefusal)) log.warn({ err: error }, 'mail not stored');
          callback(error instanceof SmtpRefusal ? error : new SmtpRefusal(451, '4.3.0 The mail could not be stored'));
        },
      );
    },
  });
  server.on('error', (error) => log.warn({ err: error }, 'smtp connection failed'));
  return {
    listen: (port, host) => listen(server, port, host),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

type DataStream = Readable & { readonly sizeExceeded: boolean };

async function receive(store: MailStore, faults: Faults, stream: DataStream): Promise<string> {
  return store.save(stream, () => {
    if (stream.sizeExceeded) throw new SmtpRefusal(552, `5.3.4 The mail is larger than ${MAX_BYTES} bytes`);
    if (faults.mailFailures === 0) return;
    faults.mailFailures -= 1;
    throw new SmtpRefusal(451, '4.3.0 Out of order, as a test asked');
  });
}

function listen(server: SMTPServer, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(error);
    server.server.once('error', fail);
    server.listen(port, host, () => {
      server.server.off('error', fail);
      resolve((server.server.address() as AddressInfo).port);
    });
  });
}
