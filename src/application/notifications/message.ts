import type { Instant } from '../../domain/ids';
import { enclosed, type MailFile } from './attachments';
import { languageOf } from './language';
import { eventFacts, type Mailbox, type Reader } from './source';
import { textKeyOf } from './text-key-of';
import { eventSituations, eventValues, present } from './values';
import type { Situation, WordingKey } from './wording';
import { type WrittenMail, writeMail } from './write-mail';

/** A mail about one event of a practice, written and addressed, with what goes along. */
export interface Addressed extends WrittenMail {
  readonly key: WordingKey;
  readonly tenantId: string;
  readonly tenantCode: string;
  readonly to: Mailbox;
  readonly cc: readonly Mailbox[];
  readonly files: readonly MailFile[];
}

/** Moments in which the applicant is asked for money: the button leads to the payment. */
const TO_PAY: ReadonlySet<WordingKey> = new Set<WordingKey>([
  'awaitingPayment',
  'awaitingFinalPayment',
  'paymentFailed',
]);

/**
 * Writes the mail that follows an event, from what is stored; undefined when there is nothing to say.
 * @param now - the day that a text may name as today
 */
export async function addressedMessage(
  db: Reader,
  practiceId: string,
  seq: number,
  publicUrl: string,
  now: Instant,
): Promise<Addressed | undefined> {
  const facts = await eventFacts(db, practiceId, seq, publicUrl, now);
  const { practice, tenant, definition, payload, applicant, copies, link } = facts;
  const moment = textKeyOf(facts.event, facts.state);
  if (!moment) return undefined;
  const office = moment === 'communication' && payload.to === 'office' ? payload.recipient : undefined;
  const key = office ? 'communicationToOffice' : moment;
  const { files, leftOut, complete } = await enclosed(db, facts, key);
  const situations = new Set<Situation>([...eventSituations(facts, key), ...(complete ? (['attached'] as const) : [])]);
  const written = writeMail(
    {
      key,
      // Offices of this country are written to in its language.
      language: office ? 'it' : languageOf(practice.language),
      values: { ...eventValues(facts, key), ...present({ 'attachments.leftOut': leftOut.join(', ') }) },
      situations,
      link: TO_PAY.has(key) ? `${link}/checkout` : link,
    },
    definition.texts ?? {},
  );
  return {
    ...written,
    key,
    tenantId: tenant.id,
    tenantCode: tenant.code,
    to: office ? { name: office.name, address: office.email } : applicant,
    cc: office ? [] : copies,
    files,
  };
}
