import type { NOTICE_WAIVERS } from '../acts/decisions';
import type { AcceptedMessage } from '../conversation/accepted';
import type { KeptAnswer } from '../practices/integration';
import type { FrozenAttachment } from '../practices/submission';

/** What an act with words and files keeps in the inbox. */
export interface MessagePayload {
  readonly message?: string;
  readonly files?: readonly FrozenAttachment[];
}

/** Why no rejection notice was sent (L. 241/1990 art. 10-bis, last sentence). */
export interface NoticeWaiver {
  readonly reason: (typeof NOTICE_WAIVERS)[number];
  readonly text: string;
}

export interface DecisionPayload extends MessagePayload {
  /** Uploaded by the officer: it is the document of the decision. */
  readonly responseDocument?: FrozenAttachment | null;
  readonly noticeWaiver?: NoticeWaiver;
}

export interface CommunicationPayload extends MessagePayload {
  readonly to: 'applicant' | 'office';
  readonly recipient?: { readonly name: string; readonly email: string };
  readonly subject: string;
}

export interface WithdrawalPayload {
  readonly reason?: string;
}

/** An integration answer: filled in by the applicant, or made of messages that the office accepted. */
export type AnswerPayload =
  | { readonly kept: KeptAnswer }
  | { readonly kept: { readonly messages: readonly AcceptedMessage[] } };

/** The messages an answer is made of; undefined when the applicant filled it in. */
export function keptMessages({ kept }: AnswerPayload): readonly AcceptedMessage[] | undefined {
  return 'messages' in kept ? kept.messages : undefined;
}
