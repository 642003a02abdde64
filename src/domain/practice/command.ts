import type { CommandId, Instant } from '../ids';
import type { Act, Actor } from './acts';

/** A person's act as the workflow receives it. Texts and files stay in PostgreSQL, reachable by `id`. */
export interface Command {
  readonly id: CommandId;
  readonly act: Act;
  readonly actor: Actor;
  /** When our intake took it: deadlines are compared with this, never with the clock of whoever executes it. */
  readonly receivedAt: Instant;
  /** The version of the practice on which an officer decided. */
  readonly actVersion?: number;
}

/** News of a payment, from the gateway's signed call or from asking it. */
export interface ReceiptNews {
  /** Id of the inbox row: the signal's key, remembered by the practice. */
  readonly id: string;
  readonly payment: number;
  readonly receipt: string;
  readonly amountCents: number;
  /** Instant at which the provider took the money. */
  readonly paidAt: Instant;
  /** When it reached us. */
  readonly receivedAt: Instant;
}
