import { type Instant, instant } from '../../domain/ids';
import type { Viewer } from '../access/viewer';
import { mailingId } from '../mailing/queue';

/** What became of the mail that told the applicant of a message. */
export interface Delivery {
  /** `queued`, `sending`, `sent` or `refused` by the receiving server. */
  readonly status: string;
  readonly address: string;
  readonly sentAt: Instant | null;
  readonly error: string | null;
}

/** Deliveries by message. Only the office's messages have a mail of their own: operators are told as they chose. */
export async function deliveriesOf(
  viewer: Viewer,
  messages: readonly { readonly id: string; readonly side: string }[],
): Promise<ReadonlyMap<string, Delivery>> {
  const ids = new Map(
    messages
      .filter(({ side }) => side === 'office')
      .map(({ id }) => [mailingId({ tenantId: viewer.tenantId, kind: 'message', dedupe: id }), id]),
  );
  const rows = await viewer.db.mailing.findMany({ where: { id: { in: [...ids.keys()] } } });
  return new Map(
    rows.map(({ id, status, recipient, deliveredAt, lastError }) => [
      ids.get(id) ?? id,
      { status, address: recipient, sentAt: deliveredAt ? instant(deliveredAt) : null, error: lastError },
    ]),
  );
}
