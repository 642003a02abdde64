import type { PLACEHOLDERS, TextKey } from './text-keys';

/** What a text to the applicant may name besides what services may: only our own texts use these. */
export const OWN_PLACEHOLDERS = [
  'recipient.name',
  'office.email',
  'practice.number',
  'payment.reason',
  'payment.iuv',
  'payment.paidAt',
  'payment.receipt',
  'payment.expiresAt',
  'draft.expiresAt',
  'communication.subject',
  'attachments.leftOut',
  'attachments.inArea',
] as const;

export type OwnPlaceholder = (typeof PLACEHOLDERS)[number] | (typeof OWN_PLACEHOLDERS)[number];

/** What there is to say of each; what is absent is not said. Dates and amounts are texts in the mail's language. */
export type Values = Readonly<Partial<Record<OwnPlaceholder, string>>>;

/** Circumstances on which a line depends. */
export const SITUATIONS = [
  // What comes after the receipt.
  'nextRegistered',
  'nextAccepted',
  'nextTaken',
  'nextForwarded',
  'nextNothing',
  // A payment, or stamps, and what became of it.
  'atRelease',
  'renewed',
  'atCounter',
  'toExpired',
  'toDraft',
  'toAnnulled',
  // Who holds the practice.
  'taken',
  'takenOver',
  'forwarded',
  // The term of the procedure stood still, or does.
  'suspends',
  'byMessages',
  'attached',
  'toApplicant',
  'toOffice',
] as const;

export type Situation = (typeof SITUATIONS)[number];

/** A paragraph. It is left out when it names something that there is not, or when its situation is not given. */
export type Line = string | { readonly when: Situation; readonly text: string };

/** A line for some circumstances. */
export function when(situation: Situation, text: string): Line {
  return { when: situation, text };
}

/** A text as data. */
export interface Wording {
  /** Without service and practice code, which follow by themselves. Of several the first that holds. */
  readonly subject: readonly Line[];
  readonly lines: readonly Line[];
  /** What the button says; none where nothing is to be opened. */
  readonly action?: string;
}

/** Our own moments: those of services, and a communication to another office, which has no area here. */
export type WordingKey = TextKey | 'communicationToOffice';

/** The first half of a language's texts: until the office has the application in its hands. */
export type ArrivalKey = (typeof ARRIVAL_KEYS)[number];
export const ARRIVAL_KEYS = [
  'submitted',
  'registered',
  'accepted',
  'awaitingStamps',
  'awaitingFinalStamps',
  'awaitingPayment',
  'awaitingFinalPayment',
  'paymentReceived',
  'paymentFailed',
  'paymentExpired',
  'inCharge',
  'draftExpiring',
  'draftExpired',
] as const satisfies readonly WordingKey[];

export type Wordings<K extends WordingKey> = Readonly<Record<K, Wording>>;

/** Every text in one language. */
export interface Catalogue {
  readonly greeting: string;
  readonly texts: Readonly<Record<WordingKey, Wording>>;
  /** Said of files too large to travel. */
  readonly leftOut: string;
  readonly leftOutOffice: string;
  /** Files of a message of the conversation, which are never mailed. */
  readonly inArea: string;
  /** The address is not read; whom to write to instead. */
  readonly footer: readonly Line[];
}

/** Moments whose mail carries what the officer wrote, also where a service's own text forgets to name it. */
export const WITH_OFFICE_TEXT: ReadonlySet<WordingKey> = new Set<WordingKey>([
  'submitted',
  'paymentReceived',
  'startOfProcedure',
  'integrationRequested',
  'integrationCancelled',
  'rejectionNotice',
  'communication',
  'communicationToOffice',
  'message',
  'approved',
  'partiallyApproved',
  'rejected',
  'archived',
  'annulled',
  'reopened',
]);

/** True when a line is to be said in these circumstances; whether all it names is there is seen when it is filled in. */
export function holds(line: Line, situations: ReadonlySet<Situation>): boolean {
  return typeof line === 'string' || situations.has(line.when);
}

/** A line with its placeholders filled in, or undefined when one of them has nothing to say. */
export function fillLine(line: Line, values: Values): string | undefined {
  const text = typeof line === 'string' ? line : line.text;
  const complete = namesIn(text).every((name) => values[name as OwnPlaceholder]);
  return complete ? fillAll(text, values) : undefined;
}

/** A text with its placeholders filled in, once: what people wrote is never read as a placeholder. Absent is empty. */
export function fillAll(text: string, values: Values): string {
  return text.replace(/\{\{([^}]*)\}\}/g, (_all, name: string) => values[name as OwnPlaceholder] ?? '');
}

/** What a text names. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, name]) => name ?? '');
}
