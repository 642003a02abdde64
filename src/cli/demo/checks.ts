import { z } from 'zod';
import { documentsSchema, messagesSchema } from '../../api/schemas/practice';
import type { EventType } from '../../domain/practice/events';
import { STATUS_LABELS } from '../../domain/practice/states';
import { sha256 } from '../../platform/digest';
import { exchange, expectBody } from './http';
import { lookFor } from './patience';
import type { Story } from './story';
import { registrationText } from './text';

/** What a practice must have left behind when it has ended. */
export interface Expected {
  readonly status: 'approved' | 'rejected';
  readonly documents: readonly string[];
  /** Events that the applicant was told about by mail. */
  readonly mails: readonly EventType[];
}

/** What a practice has left behind, for the closing summary. */
export interface Result {
  readonly code: string;
  readonly registration: string;
  readonly outcome: string;
  readonly documents: readonly { readonly title: string; readonly registration: string }[];
  readonly mails: readonly { readonly at: string; readonly to: string; readonly subject: string }[];
  readonly paidToRegisteredMs: number;
}

const mailboxSchema = z.array(z.object({ messageId: z.string(), subject: z.string(), date: z.iso.datetime() }));

/** Checks everything that must be there at the end. @throws DemoFailure naming what is missing */
export async function checkEnd(story: Story, expected: Expected): Promise<Result> {
  const mails = await checkMails(story, expected.mails);
  const documents = await checkDocuments(story, expected.documents);
  const { status, code, registration, attention, pending } = await story.seenBy(story.citizen);
  if (status !== expected.status) throw await story.failure(`expected state ${expected.status}, found ${status}`);
  if (attention.length > 0) throw await story.failure('the practice asks for attention');
  if (pending.length > 0) throw await story.failure('acts are left without outcome');
  if (!code || !/^ZTL-\d{4}-\d{6}$/.test(code)) throw await story.failure(`the practice has no good code: ${code}`);
  await story.expectNothingMore();
  return {
    code,
    registration: registrationText(registration),
    outcome: STATUS_LABELS[status],
    documents,
    mails,
    paidToRegisteredMs: paidToRegistered(story),
  };
}

/** Each document of the expected kind, in order, registered under a number of its own, with the content it declares. */
async function checkDocuments(story: Story, kinds: readonly string[]): Promise<Result['documents']> {
  const all = await story.citizen.get('list the documents', `${story.path}/documents`, documentsSchema);
  if (all.items[0]?.kind !== 'receipt') throw await story.failure('the receipt of presentation is missing');
  const items = all.items.slice(1);
  const found = items.map((document) => document.kind);
  if (found.join() !== kinds.join()) {
    throw await story.failure(`expected the documents ${kinds.join(', ')}; found ${found.join(', ') || 'none'}`);
  }
  for (const { ordinal, title, registration, sha256: digest, href } of items) {
    if (!registration) throw await story.failure(`document ${ordinal} (${title}) is not registered`);
    const content = await story.citizen.download(`download document ${ordinal}`, href);
    if (sha256(content) !== digest || !content.subarray(0, 5).equals(Buffer.from('%PDF-'))) {
      throw await story.failure(`document ${ordinal} (${title}) is not the PDF that was registered`);
    }
  }
  const registered = items.map(({ title, registration }) => ({ title, registration: registrationText(registration) }));
  if (new Set(registered.map((row) => row.registration)).size !== items.length) {
    throw await story.failure('two documents share a registration number');
  }
  return registered;
}

/** Each expected message was sent, in order, and lies in the mailbox. A mail repeated after a crash is the same mail. */
async function checkMails(story: Story, templates: readonly EventType[]): Promise<Result['mails']> {
  const { sandboxUrl } = story.options;
  let missing = '';
  const found = await lookFor('the mails', story.options, async () => {
    const { items } = await story.citizen.get('list the messages', `${story.path}/messages`, messagesSchema);
    const sent = items.filter((message) => message.status === 'sent').sort((a, b) => a.seq - b.seq);
    const names = sent.map((message) => message.template);
    missing = `expected the mails ${templates.join(', ')}; sent: ${names.join(', ') || 'none'}`;
    if (names.join() !== templates.join()) return undefined;
    const to = sent[0]?.recipient ?? '';
    const inbox = await exchange('open the mailbox', story.options, {
      method: 'GET',
      url: `${sandboxUrl}/mail.json?to=${encodeURIComponent(to)}`,
    });
    const arrived = expectBody('open the mailbox', inbox, 200, mailboxSchema);
    const mails = sent.map((message) => arrived.find((mail) => mail.messageId.startsWith(`${message.id}@`)));
    const lost = sent.filter((_message, index) => !mails[index]).map((message) => message.subject);
    missing = `sent, but not in the mailbox of ${to}: ${lost.join(', ')}`;
    if (lost.length > 0) return undefined;
    return mails.flatMap((mail) => (mail ? [{ at: mail.date, to, subject: mail.subject }] : []));
  });
  if (!found) throw await story.failure(missing);
  return found;
}

function paidToRegistered({ events }: Story): number {
  const paidAt = events.find((event) => event.type === 'paymentReceived')?.data['paidAt'];
  const registeredAt = events.find((event) => event.type === 'requestRegistered')?.at;
  return Date.parse(String(registeredAt)) - Date.parse(String(paidAt));
}
