import { type Instant, instant } from '../../domain/ids';
import type { PrismaClient } from '../../generated/prisma/client';
import type { FrozenAttachment } from '../practices/submission';
import type { TextRequest } from './gather';
import type { DecisionPayload } from './payloads';
import { DECISION_TITLES, outcomeOf } from './texts/decision';

/** A document that an officer uploaded in place of the one that would be generated. */
export interface ResponseDocument {
  readonly title: string;
  readonly file: FrozenAttachment;
  readonly at: Instant;
}

/** The uploaded document of a decision: it is the decision, and nothing is rendered. Undefined when there is none. */
export async function responseDocumentOf(
  db: Pick<PrismaClient, 'inboxRow'>,
  { kind, command }: TextRequest,
): Promise<ResponseDocument | undefined> {
  if (kind !== 'decision' || !command) return undefined;
  const act = await db.inboxRow.findUniqueOrThrow({ where: { id: command } });
  const { responseDocument: file } = act.payload as unknown as DecisionPayload;
  return file ? { title: DECISION_TITLES[outcomeOf(act.type)], file, at: instant(act.receivedAt) } : undefined;
}
