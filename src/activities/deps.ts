import type { Logger } from 'pino';
import type { Database } from '../platform/database';
import type { Clock } from './ports/clock';
import type { DocumentRenderer } from './ports/document-renderer';
import type { DocumentStore } from './ports/document-store';
import type { MailPort } from './ports/mail';
import type { PaymentsPort } from './ports/payments';
import type { ProtocolloPort } from './ports/protocollo';

/** Everything activities need, built once per process, by hand. Tests give the same with doubles of outside systems. */
export interface ActivityDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly store: DocumentStore;
  readonly renderer: DocumentRenderer;
  readonly protocollo: ProtocolloPort;
  readonly payments: PaymentsPort;
  readonly mail: MailPort;
  readonly log: Logger;
  /** Base address of pages, for links in mails. */
  readonly publicUrl: string;
}
