/** A mail ready to leave. */
export interface OutgoingMail {
  /** Message-ID without angle brackets, derived from practice and message so that a repetition is recognisable. */
  readonly messageId: string;
  readonly to: { readonly name: string; readonly address: string };
  /** Who gets a copy. An address that is refused here keeps nothing from the recipient. */
  readonly cc?: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Buffer;
  }[];
}

/** What the server answered when it took the mail. */
export interface MailAcceptance {
  /** The server's own answer to DATA, kept as evidence. */
  readonly serverResponse: string;
  /** The exact bytes handed over (RFC 5322), kept so that an officer can read the mail as sent. */
  readonly raw: Buffer;
}

/** Sends mail. Rejections: `MailUnavailable` (repeat later), `RecipientRefused` (do not repeat: the address is wrong). */
export interface MailPort {
  send(mail: OutgoingMail): Promise<MailAcceptance>;
}

export class MailUnavailable extends Error {
  override readonly name = 'MailUnavailable';
}

export class RecipientRefused extends Error {
  override readonly name = 'RecipientRefused';
}
