import type { Instant, LegalDate, Sha256 } from '../../domain/ids';

/** A person, firm or administration that sends or receives a registered document. */
export interface RegisteredParty {
  readonly role: 'sender' | 'recipient';
  readonly name: string;
  readonly taxCode?: string;
  readonly email?: string;
}

/** A file that belongs to a registration: a reference, never bytes. */
export interface RegisteredFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  /** Digest written in the register (DPR 445/2000 art. 53 c. 1 f). */
  readonly sha256: Sha256;
}

/** One document to register: exactly one number will be issued for `ownRef`. */
export interface RegisterRequest {
  readonly tenant: string;
  /** Our reference, unique per document, derived and stable: `ZTL-2026-000042/1`. */
  readonly ownRef: string;
  readonly direction: 'in' | 'out';
  /** Never holds special-category data; never cut so that it loses the practice code. */
  readonly subject: string;
  /** True instant of arrival (in) or of signature (out). */
  readonly receivedAt: Instant;
  readonly parties: readonly RegisteredParty[];
  readonly office: string;
  /** Code of the classification scheme (titolario), if the body uses one. */
  readonly classification?: string;
  /** Name of the folder (fascicolo) that the practice belongs to, if it has one; a register without folders ignores it. */
  readonly folder?: string;
  readonly main: RegisteredFile;
  readonly attachments: readonly RegisteredFile[];
}

/** A number issued by a register. */
export interface RegistrationRef {
  readonly register: string;
  /** Calendar year in Europe/Rome to which the number belongs. */
  readonly year: number;
  /** At least seven digits, as shown (DPR 445/2000 art. 57). */
  readonly number: string;
  readonly date: LegalDate;
  readonly registeredAt: Instant;
}

export type RegisterOutcome =
  | { readonly kind: 'registered'; readonly ref: RegistrationRef }
  /** Refused for a reason that must be corrected; `code` is stable per adapter. */
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string };

/** How sure a look-up is that the entry found is ours. */
export interface FoundRegistration {
  readonly ref: RegistrationRef;
  readonly match: 'exact' | 'likely';
}

export interface ProtocolloCapabilities {
  /** Whether an absent answer of `findByOwnRef` proves that nothing was registered. */
  readonly reliableSearch: boolean;
  readonly maxSubject: number;
}

/**
 * A registration system. `register` is the only call that issues a number: it is attempted once; a call that ends
 * without an answer is *uncertain* and is resolved by `findByOwnRef`, never by a second attempt of hope.
 */
export interface ProtocolloPort {
  readonly name: string;
  capabilities(): ProtocolloCapabilities;
  /** @throws anything: the outcome is then uncertain. */
  register(request: RegisterRequest): Promise<RegisterOutcome>;
  /** Read-only look-up by our own reference. Throws when the system can't be asked now. */
  findByOwnRef(tenant: string, ownRef: string): Promise<FoundRegistration | undefined>;
}
