import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { type MailPort, MailUnavailable, RecipientRefused } from '../../activities/ports/mail';
import { buildMessage, checkCopies, checkRecipient, parseSender } from './message';

export interface MailerSettings {
  /** `smtp://host:port` or `smtps://user:password@host:port`. */
  readonly smtpUrl: string;
  /** Sender of every mail: one address, with or without a name. */
  readonly from: string;
}

/** A mailer that also closes its connections, at the end of a process. */
export type Mailer = MailPort & { close(): void };

/**
 * Mails over SMTP, with up to five connections kept open. Nothing is repeated here: whoever calls decides, and the
 * Message-ID tells a repetition.
 * @throws TypeError when the sender is not one address.
 */
export function createMailer(settings: MailerSettings): Mailer {
  const from = parseSender(settings.from);
  const transport = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: 5,
    // A connection cut after the content was sent may have delivered it: the pool must not send it again by itself.
    maxRequeues: 0,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  return {
    async send(mail) {
      const to = checkRecipient(mail.to);
      const cc = checkCopies(mail);
      const raw = await buildMessage(mail, from, to, cc);
      const envelope = { from: from.address, to: [to, ...cc].map(({ address }) => address) };
      const info = await transport.sendMail({ envelope, raw }).catch((error: unknown) => {
        throw translate(error);
      });
      // The server took it for the copies alone: whom it is for did not get it.
      const refusal = info.rejectedErrors?.find(({ recipient }) => recipient === info.envelope.to[0]);
      if (refusal) throw translate(refusal);
      return { serverResponse: info.response, raw };
    },
    close: () => transport.close(),
  };
}

/** What nodemailer tells about a failure; `responseCode` is missing when no server said it. */
const failureSchema = z.object({
  code: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  message: z.string().catch('unknown failure'),
});

/** Servers may say it as soon as the size is announced, to `MAIL FROM`. */
const TOO_LARGE = 552;

/**
 * A permanent answer about this recipient or this content is not to be repeated; one about the connection, our login or
 * our sender concerns every mail and is cured by an administrator, so the mail waits.
 */
function translate(error: unknown): Error {
  const { code, responseCode, command, response, message } = failureSchema.parse(error);
  const said = response ?? message;
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA' || responseCode === TOO_LARGE;
  // Without a server's word: the address or the size that this server can't take, by what it said it is able to do.
  const impossible = responseCode === undefined && (code === 'EENVELOPE' || code === 'EMESSAGE');
  if (impossible || (responseCode !== undefined && responseCode >= 500 && aboutThisMail)) {
    return new RecipientRefused(`the mail server refused the mail: ${said}`, { cause: error });
  }
  return new MailUnavailable(`the mail server did not take the mail: ${said}`, { cause: error });
}
