import type { Clock } from '../activities/ports/clock';
import type { DocumentRenderer } from '../activities/ports/document-renderer';
import type { DocumentStore } from '../activities/ports/document-store';
import type { PaymentsPort } from '../activities/ports/payments';
import type { Database } from '../platform/database';
import type { OutcomeWaiter } from './inbox/outcome-waiter';

/** What use cases need. Built once per process, by hand. */
export interface Application {
  readonly db: Database;
  readonly clock: Clock;
  readonly store: DocumentStore;
  /** Notices and receipts that are made when asked for. */
  readonly renderer: DocumentRenderer;
  readonly payments: PaymentsPort;
  readonly waiter: OutcomeWaiter;
  /** Address under which people reach us. */
  readonly publicUrl: string;
  /** How long an act may wait for its outcome before the answer is 202. */
  readonly waitMs: number;
}
