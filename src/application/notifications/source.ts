import { type Instant, instant } from '../../domain/ids';
import type { PracticeEvent } from '../../domain/practice/events';
import type { PracticeState } from '../../domain/practice/state';
import type { Status } from '../../domain/practice/states';
import { type Content, valueAt } from '../../forms/profile/form';
import type { Prisma, PrismaClient } from '../../generated/prisma/client';
import type { FrozenAttachment } from '../practices/submission';
import { serviceOf } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { readSnapshot } from '../snapshot';

type Row<T extends 'Practice' | 'Tenant' | 'Account' | 'Office' | 'Payment'> = {
  Practice: Prisma.PracticeGetPayload<Record<string, never>>;
  Tenant: Prisma.TenantGetPayload<Record<string, never>>;
  Account: Prisma.AccountGetPayload<Record<string, never>>;
  Office: Prisma.OfficeGetPayload<Record<string, never>>;
  Payment: Prisma.PaymentGetPayload<Record<string, never>>;
}[T];

export type Reader = Pick<
  PrismaClient,
  | 'practice'
  | 'tenant'
  | 'account'
  | 'office'
  | 'serviceVersion'
  | 'submission'
  | 'payment'
  | 'practiceEventRow'
  | 'inboxRow'
  | 'document'
>;

/** A person as mails address them. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

/** What there is to know of a practice when somebody is written to about it. */
export interface PracticeFacts {
  readonly practice: Row<'Practice'>;
  readonly tenant: Row<'Tenant'>;
  readonly definition: ServiceDefinition;
  /** The office it was assigned to, else the first of the service. */
  readonly office: Row<'Office'> | null;
  readonly applicant: Mailbox;
  /** Professionals and delegates also get what they filed for somebody else. */
  readonly copies: readonly Mailbox[];
  readonly link: string;
}

/** What an act with words and files keeps in the inbox, as far as mails need it. */
export interface ActPayload {
  readonly message?: string;
  readonly reason?: string;
  readonly tellApplicant?: boolean;
  readonly subject?: string;
  readonly to?: 'applicant' | 'office';
  readonly recipient?: { readonly name: string; readonly email: string };
  readonly files?: readonly FrozenAttachment[];
  readonly responseDocument?: FrozenAttachment | null;
  readonly kept?: { readonly messages?: readonly unknown[] };
}

/** An event with all that its mail may speak of. */
export interface EventFacts extends PracticeFacts {
  readonly event: PracticeEvent;
  /** After the event, as far as documents and status go. */
  readonly state: PracticeState;
  readonly before: { readonly type: string; readonly status: Status; readonly data: unknown } | null;
  readonly payment: Row<'Payment'> | null;
  readonly payload: ActPayload;
  readonly now: Instant;
}

const FILED_FOR_OTHERS: readonly string[] = ['professional', 'delegate'];

/** Reads who is concerned by a practice and what they know it by. Works for drafts, which have no submission. */
export async function practiceFacts(db: Reader, practiceId: string, publicUrl: string): Promise<PracticeFacts> {
  const practice = await db.practice.findUniqueOrThrow({ where: { id: practiceId } });
  const tenant = await db.tenant.findUniqueOrThrow({ where: { id: practice.tenantId } });
  const { definition, officeIds } = await serviceOf(db, practice);
  const officeId = practice.officeId ?? officeIds[0];
  const office = officeId ? await db.office.findUnique({ where: { id: officeId } }) : null;
  const account = await db.account.findUniqueOrThrow({ where: { id: practice.applicantId } });
  const submission = await db.submission.findFirst({ where: { practiceId }, orderBy: { ordinal: 'desc' } });
  const own: Mailbox = { name: `${account.givenName} ${account.familyName}`.trim(), address: account.email };
  const applicant = submission ? fromContent(submission.content as Content, own) : own;
  const copies = FILED_FOR_OTHERS.includes(practice.authorKind) && applicant.address !== own.address ? [own] : [];
  const link = `${publicUrl}/api/v1/practices/${practiceId}`;
  return { practice, tenant, definition, office, applicant, copies, link };
}

/** The applicant as written in the application; what it leaves out is that of the account. */
function fromContent(content: Content, account: Mailbox): Mailbox {
  const text = (path: string) => String(valueAt(content, path) ?? '').trim();
  const name = `${text('applicant.givenName')} ${text('applicant.familyName')}`.trim();
  return { name: name || account.name, address: text('applicant.email') || account.address };
}

/** Gathers what a mail about one event needs, from what is stored. */
export async function eventFacts(
  db: Reader,
  practiceId: string,
  seq: number,
  publicUrl: string,
  now: Instant,
): Promise<EventFacts> {
  const facts = await practiceFacts(db, practiceId, publicUrl);
  const rows = await db.practiceEventRow.findMany({ where: { practiceId, seq: { in: [seq - 1, seq] } } });
  const row = rows.find((candidate) => candidate.seq === seq);
  if (!row) throw new Error(`practice ${practiceId} has no event ${seq}`);
  const previous = rows.find((candidate) => candidate.seq === seq - 1);
  const { type, data, cause } = row;
  const event = { seq, type, at: instant(row.at), cause, data } as unknown as PracticeEvent;
  const state = { ...readSnapshot(facts.practice.snapshot).state, status: row.status as Status };
  const payment = await paymentOf(db, practiceId, event);
  const command = commandOf(event, state) ?? counterAct(payment);
  const act = command ? await db.inboxRow.findUnique({ where: { id: command } }) : null;
  return {
    ...facts,
    event,
    state,
    before: previous ? { type: previous.type, status: previous.status as Status, data: previous.data } : null,
    payment,
    payload: (act?.payload ?? {}) as ActPayload,
    now,
  };
}

/** The payment that an event is about; the receipt of an application also tells what was paid for it. */
async function paymentOf(db: Reader, practiceId: string, event: PracticeEvent): Promise<Row<'Payment'> | null> {
  if ('payment' in event.data && event.data.payment !== undefined) {
    const ordinal = event.data.payment;
    return db.payment.findUnique({ where: { practiceId_ordinal: { practiceId, ordinal } } });
  }
  if (event.type !== 'documentReady') return null;
  return db.payment.findFirst({ where: { practiceId, status: 'paid', phase: 'request' } });
}

/** The act by which an officer recorded a payment made at the counter. */
function counterAct(payment: Row<'Payment'> | null): string | undefined {
  return /^counter:(.+)$/.exec(payment?.receiptId ?? '')?.[1];
}

/** The act in which the words of a mail are: that of the document, or the one that made it happen. */
function commandOf({ data, cause }: PracticeEvent, state: PracticeState): string | undefined {
  const ordinal = 'document' in data ? data.document : undefined;
  const byDocument = state.documents.find((document) => document.ordinal === ordinal)?.command;
  return byDocument ?? /^act:(.+)$/.exec(cause)?.[1];
}

/** Ordinal of the document that an event is about. */
export function documentOf({ data }: PracticeEvent): number | undefined {
  return 'document' in data ? data.document : undefined;
}
