import type { Instant } from '../../domain/ids';
import { romeDate } from '../../domain/terms/rome';
import type { Rows } from '../../platform/database';
import { dateText, languageOf } from '../notifications/language';
import { type PracticeFacts, practiceFacts, type Reader } from '../notifications/source';
import { practiceValues, present } from '../notifications/values';
import { type WrittenMail, writeMail } from '../notifications/write-mail';
import { noticeMessage } from './notice-rows';
import { enqueueMail } from './queue';

/** A message of the conversation that was just written. */
export interface WrittenMessage {
  readonly id: string;
  readonly tenantId: string;
  readonly practiceId: string;
  /** Account of who wrote it. */
  readonly authorId: string;
  readonly side: 'applicant' | 'office';
  readonly text: string;
  /** Names of its files: they are not mailed, the mail says where they are. */
  readonly files: readonly string[];
  readonly at: Instant;
}

/**
 * Tells the other side of a message, in the transaction that writes it: the applicant by a mail of the queue, the
 * operators as of a change of state, at once or in their summary. The same message again is told once.
 */
export async function announceMessage(
  tx: Reader & Pick<Rows, 'mailing' | 'operatorNotice' | 'conversationMessage'>,
  message: WrittenMessage,
  publicUrl: string,
): Promise<void> {
  const { id, tenantId, practiceId, at } = message;
  if (message.side === 'applicant') {
    await noticeMessage(tx, message);
    return;
  }
  const facts = await practiceFacts(tx, practiceId, publicUrl);
  const mail = conversationMail(facts, message, at);
  for (const to of [facts.applicant, ...facts.copies]) {
    const dedupe = to === facts.applicant ? id : `${id}:copy`;
    await enqueueMail(tx, { tenantId, practiceId, kind: 'message', dedupe, to, ...mail, notBefore: at, createdAt: at });
  }
}

/** The mail that brings a message of the office to the applicant: the text key `message`. */
export function conversationMail(
  facts: PracticeFacts,
  message: Pick<WrittenMessage, 'text' | 'files'>,
  now: Instant,
): WrittenMail {
  const language = languageOf(facts.practice.language);
  const values = {
    ...practiceValues(facts),
    ...present({
      'personal.message': message.text,
      'attachments.inArea': message.files.join(', '),
      today: dateText(romeDate(now), language),
    }),
  };
  const situations = new Set(['toApplicant'] as const);
  return writeMail({ key: 'message', language, values, situations, link: facts.link }, facts.definition.texts ?? {});
}
