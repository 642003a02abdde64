import type { Logger } from 'pino';
import type { ActivityDeps } from '../activities/deps';
import { createPdfRenderer } from '../adapters/documents/pdf-renderer';
import { createMailer } from '../adapters/mail';
import { createPayments } from '../adapters/payments';
import { createProtocollo } from '../adapters/protocollo';
import { createStore } from '../adapters/storage';
import type { Application } from '../application/application';
import { OutcomeWaiter } from '../application/inbox/outcome-waiter';
import { systemClock } from '../platform/clock';
import { type Config, ConfigError } from '../platform/config';
import { type Database, openDatabase } from '../platform/database';
import { DATABASE_LIMITS } from '../platform/database-limits';

/**
 * The database of a process, waited for as `who` waits. @throws ConfigError when none is named and no embedded one is
 * running.
 */
export function databaseOf(config: Config, log: Logger, who: 'api' | 'worker' | 'command'): Database {
  if (config.database.url === '') {
    throw new ConfigError(
      'No database: set DATABASE_URL, or run `npm start`, which starts an embedded one for trying and development.',
    );
  }
  const lost = (error: Error) => log.warn({ err: error }, 'database connection lost; it is opened again when needed');
  return openDatabase(config.database.url, config.database.pool, lost, DATABASE_LIMITS[who]);
}

/** What the API serves with, built by hand, top to bottom. */
export function buildApplication(config: Config, db: Database): Application {
  return {
    db,
    clock: systemClock,
    store: createStore(config.storage),
    renderer: createPdfRenderer(),
    payments: createPayments(config.payments),
    waiter: new OutcomeWaiter(db),
    publicUrl: config.api.publicUrl,
    waitMs: 2_000,
  };
}

/** What the worker works with. `close` ends what holds connections. */
export function buildActivityDeps(config: Config, db: Database, log: Logger): ActivityDeps & { close(): void } {
  const mail = createMailer(config.mail);
  return {
    db,
    clock: systemClock,
    store: createStore(config.storage),
    renderer: createPdfRenderer(),
    protocollo: createProtocollo(config.protocollo, { db, clock: systemClock }),
    payments: createPayments(config.payments),
    mail,
    log,
    publicUrl: config.api.publicUrl,
    close: () => mail.close(),
  };
}
