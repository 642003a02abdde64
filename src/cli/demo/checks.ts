import { z } from 'zod';
import { documentsSchema } from '../../api/schemas/practice';
import { STATUS_LABELS } from '../../domain/practice/states';
import { sha256 } from '../../platform/digest';
import { exchange, expectBody } from './http';
import { lookFor } from './patience';
import type { Person } from './person';
import type { Story } from './story';
import type { Tale } from './tale';
import { registrationText } from './text';

/** What a practice has left behind, for the closing summary. */
export interface Result {
  readonly code: string;
  readonly registration: string;
  readonly outcome: string;
  readonly documents: readonly { readonly title: string; readonly registration: string }[];
  readonly mails: readonly { readonly at: string; readonly to: string; readonly subject: string }[];
  /** From the legal instant of arrival to the number. */
  readonly arrivedToRegisteredMs: number;
}

/** What the demo reads of the mails to an applicant. */
const notificationsSchema = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      /** Null for a message of the conversation, which follows no event. */
      seq: z.number().nullable(),
      template: z.string(),
      recipient: z.string(),
      subject: z.string(),
      status: z.string(),
    }),
  ),
});
const mailboxSchema = z.array(z.object({ messageId: z.string(), subject: z.string(), date: z.iso.datetime() }));

/** Checks everything that must be there at the end. @throws DemoFailure naming what is missing */
export async function checkEnd(story: Story, { codePrefix, end }: Tale): Promise<Result> {
  const mails = await checkMails(story, end);
  const documents = await checkDocuments(story, end);
  const { status, code, registration, attention, pending } = await story.seenBy(story.applicant);
  if (status !== end.status) throw await story.failure(`expected state ${end.status}, found ${status}`);
  if (attention.length > 0) throw await story.failure('the practice asks for attention');
  if (pending.length > 0) throw await story.failure('acts are left without outcome');
  if (!code || !new RegExp(`^${codePrefix}-\\d{4}-\\d{6}$`).test(code)) {
    throw await story.failure(`the practice has no good code: ${code}`);
  }
  await story.expectNothingMore();
  return {
    code,
    registration: registrationText(registration),
    outcome: STATUS_LABELS[status],
    documents,
    mails,
    arrivedToRegisteredMs: arrivedToRegistered(story),
  };
}

/**
 * Each document of the expected kind, in order, registered under a number of its own, with the content it declares; the
 * applicant sees all but those between offices.
 */
async function checkDocuments(story: Story, end: Tale['end']): Promise<Result['documents']> {
  const { notForApplicant = [] } = end;
  const items = await documentsSeenBy(story, story.officer, end.documents);
  await documentsSeenBy(
    story,
    story.applicant,
    end.documents.filter((kind) => !notForApplicant.includes(kind)),
  );
  for (const { ordinal, title, registration, sha256: digest, href } of items) {
    if (!registration) throw await story.failure(`document ${ordinal} (${title}) is not registered`);
    const content = await story.officer.download(`download document ${ordinal}`, href);
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

async function documentsSeenBy(story: Story, who: Person, kinds: readonly string[]) {
  const all = await who.get('list the documents', `${story.path}/documents`, documentsSchema);
  if (all.items[0]?.kind !== 'receipt') throw await story.failure(`${who.name} sees no receipt of presentation`);
  const items = all.items.slice(1);
  const found = items.map((document) => document.kind);
  if (found.join() === kinds.join()) return items;
  throw await story.failure(
    `expected that ${who.name} sees the documents ${kinds.join(', ')}; found ${found.join(', ') || 'none'}`,
  );
}

/** Each expected message was sent, in order, and lies in the mailbox. A mail repeated after a crash is the same mail. */
async function checkMails(
  story: Story,
  { mails: templates, mailsToOthers = [] }: Tale['end'],
): Promise<Result['mails']> {
  let missing = '';
  const found = await lookFor('the mails', story.options, async () => {
    const { items } = await story.applicant.get(
      'list the messages',
      `${story.path}/notifications`,
      notificationsSchema,
    );
    const sent = items.filter((mail) => mail.status === 'sent').sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    const names = sent.map((message) => message.template);
    missing = `expected the mails ${templates.join(', ')}; sent: ${names.join(', ') || 'none'}`;
    if (names.join() !== templates.join()) return undefined;
    const mails: Result['mails'][number][] = [];
    for (const { id, recipient: to, subject } of sent) {
      const mail = (await mailbox(story, to)).find(({ messageId }) => messageId.startsWith(`${id}@`));
      missing = `sent, but not in the mailbox of ${to}: ${subject}`;
      if (!mail) return undefined;
      mails.push({ at: mail.date, to, subject: mail.subject });
    }
    for (const { to, subject } of mailsToOthers) {
      const mail = (await mailbox(story, to)).find((row) => row.subject.includes(subject) && row.date >= story.begunAt);
      missing = `no mail about "${subject}" in the mailbox of ${to}`;
      if (!mail) return undefined;
      mails.push({ at: mail.date, to, subject: mail.subject });
    }
    return mails;
  });
  if (!found) throw await story.failure(missing);
  return found;
}

async function mailbox({ options }: Story, to: string): Promise<z.output<typeof mailboxSchema>> {
  const url = `${options.sandboxUrl}/mail.json?to=${encodeURIComponent(to)}`;
  return expectBody(
    'open the mailbox',
    await exchange('open the mailbox', options, { method: 'GET', url }),
    200,
    mailboxSchema,
  );
}

function arrivedToRegistered({ events }: Story): number {
  const receivedAt = events.find((event) => event.type === 'submitted')?.data['receivedAt'];
  const registeredAt = events.find((event) => event.type === 'requestRegistered')?.at;
  return Date.parse(String(registeredAt)) - Date.parse(String(receivedAt));
}
