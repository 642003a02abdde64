import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';

/** What lists and tests need of a mail. `date` is the UTC instant of arrival, `messageId` has no angle brackets. */
export interface MailSummary {
  readonly id: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly date: string;
  readonly messageId: string;
  readonly attachments: readonly string[];
  readonly text: string;
}

const FILE = /^\d{8}T\d{9}Z\.eml$/;
const INCOMING = 'incoming-';
/** More mails than are ever stored at the same moment. */
const MAX_PARALLEL = 1000;

/** Mails on disk, one file each with the bytes received; its name is the instant of arrival and the mail's id. */
export class MailStore {
  readonly #summaries = new Map<string, Promise<MailSummary>>();
  #lastArrivalMs: number;

  private constructor(
    private readonly dir: string,
    /** Oldest first. */
    private readonly ids: string[],
  ) {
    const last = ids.at(-1);
    this.#lastArrivalMs = last === undefined ? 0 : Date.parse(arrivalOf(last));
  }

  /** Opens the folder, dropping mails whose reception was cut short: nobody was told that they had arrived. */
  static async open(dir: string): Promise<MailStore> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const names = await readdir(dir);
    await Promise.all(names.filter((name) => name.startsWith(INCOMING)).map((name) => rm(join(dir, name))));
    const ids = names.filter((name) => FILE.test(name)).map((name) => name.slice(0, -'.eml'.length));
    return new MailStore(dir, ids.sort());
  }

  /**
   * Writes a mail to disk, whole or not at all, and gives its id.
   * @param accept is asked when the last byte has arrived; an error from it discards the mail and is thrown.
   */
  async save(content: Readable, accept: () => void): Promise<string> {
    const incoming = join(this.dir, `${INCOMING}${randomUUID()}`);
    try {
      await pipeline(content, createWriteStream(incoming, { flags: 'wx', mode: 0o600 }));
      accept();
      await sync(incoming);
      const id = this.#nextId();
      await rename(incoming, this.#path(id));
      await sync(this.dir);
      // Two mails stored at once may end in the other order.
      const later = this.ids.slice(-MAX_PARALLEL).filter((known) => known > id).length;
      this.ids.splice(this.ids.length - later, 0, id);
      return id;
    } catch (error) {
      await rm(incoming, { force: true });
      throw error;
    }
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  /** Ids newest first, those older than `before` when it is given. */
  newest(before: string | undefined): readonly string[] {
    return this.ids.filter((id) => before === undefined || id < before).reverse();
  }

  /** Summary of a mail, parsed once. */
  summary(id: string): Promise<MailSummary> {
    const known = this.#summaries.get(id);
    if (known !== undefined) return known;
    const summary = this.parsed(id).then((mail) => summarize(id, mail));
    summary.catch(() => this.#summaries.delete(id));
    this.#summaries.set(id, summary);
    return summary;
  }

  /** The whole mail, attachments included. */
  async parsed(id: string): Promise<ParsedMail> {
    return simpleParser(await readFile(this.#path(id)));
  }

  raw(id: string): Readable {
    return createReadStream(this.#path(id));
  }

  #path(id: string): string {
    return join(this.dir, `${id}.eml`);
  }

  /** Milliseconds of arrival, moved on when two mails share one or the clock steps back: ids only grow. */
  #nextId(): string {
    this.#lastArrivalMs = Math.max(Date.now(), this.#lastArrivalMs + 1);
    return new Date(this.#lastArrivalMs).toISOString().replace(/[-:.]/g, '');
  }
}

/** Instant of arrival contained in an id. */
export function arrivalOf(id: string): string {
  return id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z');
}

/** Addresses of a header, lower case, names left out. */
export function addressesOf(header: AddressObject | AddressObject[] | undefined): string[] {
  const objects = header === undefined ? [] : [header].flat();
  const people = objects.flatMap((object) => object.value).flatMap((one) => one.group ?? [one]);
  return people.flatMap((one) => (one.address === undefined ? [] : [one.address.toLowerCase()]));
}

/** Name shown for an attachment; a part without one gets its number. */
export function attachmentName(filename: string | undefined, index: number): string {
  return filename ?? `allegato-${index + 1}`;
}

function summarize(id: string, mail: ParsedMail): MailSummary {
  return {
    id,
    to: addressesOf(mail.to),
    subject: mail.subject ?? '',
    date: arrivalOf(id),
    messageId: (mail.messageId ?? '').replace(/^<|>$/g, ''),
    attachments: mail.attachments.map((attachment, index) => attachmentName(attachment.filename, index)),
    text: mail.text ?? '',
  };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
