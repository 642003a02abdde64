import { type FieldError, refuse } from '../../domain/errors';
import { type Instant, instant } from '../../domain/ids';
import type { Rows } from '../../platform/database';
import type { FrozenAttachment } from '../practices/submission';

/** A message of the applicant that counts as (part of) an integration, as it was when it was accepted. */
export interface AcceptedMessage {
  readonly id: string;
  readonly at: Instant;
  readonly text: string;
  readonly files: readonly FrozenAttachment[];
}

/**
 * The applicant's messages that an operator takes as the integration, frozen, oldest first. Refusal:
 * `VALIDATION_FAILED` with `messages` when none is named, and with `messages.<index>` of each id that is not a message
 * of the applicant in this practice written since the request, or that comes twice; the operator chooses again.
 * @param since - instant of the integration request; what was written before answers something else
 */
export async function messagesToCount(
  tx: Pick<Rows, 'conversationMessage'>,
  practiceId: string,
  ids: readonly string[],
  since: Instant | Date,
): Promise<readonly AcceptedMessage[]> {
  if (ids.length === 0) {
    const message = 'Scegli almeno un messaggio del richiedente.';
    return refuse('VALIDATION_FAILED', {}, [{ path: 'messages', rule: 'required', message }]);
  }
  const rows = await tx.conversationMessage.findMany({
    where: { practiceId, side: 'applicant', id: { in: [...ids] }, createdAt: { gte: since } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  const errors = ids.flatMap((id, index): FieldError[] => {
    const path = `messages.${index}`;
    if (ids.indexOf(id) !== index) return [{ path, rule: 'doubled', message: 'Il messaggio è indicato due volte.' }];
    if (rows.some((row) => row.id === id)) return [];
    const message = 'Non è un messaggio del richiedente scritto dopo la richiesta di integrazioni.';
    return [{ path, rule: 'message', message }];
  });
  if (errors.length > 0) refuse('VALIDATION_FAILED', {}, errors);
  return rows.map((row) => ({
    id: row.id,
    at: instant(row.createdAt),
    text: row.text,
    files: row.attachments as unknown as readonly FrozenAttachment[],
  }));
}
