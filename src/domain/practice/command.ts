import type { CommandId, Instant } from '../ids';
import type { Act, Actor } from './acts';
import type { Assignment, Priority } from './events';

/**
 * What the engine must know of an act's content, decided at intake from form, service and files. Only amounts, counts,
 * ids and codes; the content itself stays in PostgreSQL.
 */
export interface CommandFacts {
  /** `submit`: integer cents to pay now; 0 is exempt. Decisions: to pay before release. */
  readonly feeCents?: number;
  /** `submit` and decisions: how many stamps (marche da bollo) are needed. */
  readonly stamps?: number;
  /** `submit`: to whom the practice goes by itself once registered. `assign`: to whom. */
  readonly assignTo?: Assignment;
  readonly priority?: Priority;
  readonly phase?: string;
  /** `communicate`: to the applicant or to another office. */
  readonly to?: 'applicant' | 'office';
  /** `reject`: code of the legal exemption from the notice. */
  readonly noticeWaived?: string;
}

/** A person's act as the workflow receives it. Texts and files stay in PostgreSQL, reachable by `id`. */
export interface Command {
  readonly id: CommandId;
  readonly act: Act;
  readonly actor: Actor;
  /** When our intake took it: deadlines are compared with this, never with the clock of whoever executes it. */
  readonly receivedAt: Instant;
  /** The version of the practice on which an officer decided. */
  readonly actVersion?: number;
  readonly facts?: CommandFacts;
}

/** A mail that could not be delivered because its address was refused. */
export interface MailRefusal {
  /** Id of the inbox row: the signal's key, remembered by the practice. */
  readonly id: string;
  /** When it reached us. */
  readonly receivedAt: Instant;
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
