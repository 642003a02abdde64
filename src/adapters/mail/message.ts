import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { type OutgoingMail, RecipientRefused } from '../../activities/ports/mail';

/** A mailbox: a name for people, and an address that has been checked. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** One plain address: nothing that could end a header, a command or the address itself. */
const ADDRESS = /^[^\s\p{C}<>()[\],;:\\"@]{1,64}@[^\s\p{C}<>()[\],;:\\"@]{1,255}$/u;
const MESSAGE_ID = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+$/;
const CONTENT_TYPE = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+$/;

/**
 * Reads the sender from the configuration: `Comune di Bugliano <non-rispondere@bugliano.example>`.
 * @throws TypeError when it is not exactly one mailbox; correct the setting and start again.
 */
export function parseSender(from: string): Mailbox {
  const [only, ...others] = addressparser(from, { flatten: true });
  if (only === undefined || others.length > 0 || !ADDRESS.test(only.address)) {
    throw new TypeError(`the sender of mails must be one address, with or without a name; found "${from}"`);
  }
  return { name: oneLine(only.name), address: only.address };
}

/** @throws RecipientRefused when the text can't be an address: no server was asked. */
export function checkRecipient(to: Mailbox): Mailbox {
  if (!ADDRESS.test(to.address)) throw new RecipientRefused('the recipient is not a mail address');
  return { name: oneLine(to.name), address: to.address };
}

/** The copies that can be sent: one whose address is none, or is the recipient's own, is left out. */
export function checkCopies(mail: OutgoingMail): readonly Mailbox[] {
  const known = new Set([mail.to.address.toLowerCase()]);
  return (mail.cc ?? []).flatMap(({ name, address }) => {
    if (!ADDRESS.test(address) || known.has(address.toLowerCase())) return [];
    known.add(address.toLowerCase());
    return [{ name: oneLine(name), address }];
  });
}

/**
 * Builds the mail's bytes (RFC 5322), once: what is sent is what is kept. Control characters in names, subject and file
 * names become blanks, so that no text can add a header; no file or address is ever read on behalf of the content.
 * @throws TypeError when the Message-ID is not of the form `left@right`: the program is wrong, not the data.
 */
export async function buildMessage(
  mail: OutgoingMail,
  from: Mailbox,
  to: Mailbox,
  cc: readonly Mailbox[] = [],
): Promise<Buffer> {
  if (!MESSAGE_ID.test(mail.messageId)) throw new TypeError('the Message-ID must be left@right without brackets');
  const composer = new MailComposer({
    from: { ...from },
    to: { ...to },
    ...(cc.length > 0 && { cc: cc.map((copy) => ({ ...copy })) }),
    subject: oneLine(mail.subject),
    messageId: `<${mail.messageId}>`,
    // RFC 3834: absence replies and other machines must not answer.
    headers: { 'Auto-Submitted': 'auto-generated' },
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ filename, contentType, content }) => ({
      filename: oneLine(filename),
      contentType: CONTENT_TYPE.test(contentType) ? contentType : 'application/octet-stream',
      content,
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'windows',
  });
  return composer.compile().build();
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
