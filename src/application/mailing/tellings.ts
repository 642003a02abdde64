import { epochMs, type Instant, instant } from '../../domain/ids';
import type { PracticeEvent } from '../../domain/practice/events';
import type { Database, Rows } from '../../platform/database';
import { canonicalJson, sha256, uuidv7 } from '../../platform/digest';
import { wakeSender } from '../inbox/intake';

/** An event of which the applicant is still to be told. */
export interface Telling {
  readonly tenantId: string;
  readonly practiceId: string;
  readonly seq: number;
  readonly attempts: number;
}

/**
 * Whoever dies with tellings in hand leaves them to the others after this time: twice what a server may be silent for. One
 * that is slower still gets the mail again, under the same Message-ID.
 */
const LEASE_MS = 60_000;

/** Queues the mails about events, in the transaction that shows them: each is told if and only if it happened. */
export async function queueTellings(
  tx: Pick<Rows, 'telling'>,
  practice: { readonly id: string; readonly tenantId: string },
  events: readonly PracticeEvent[],
  seqs: readonly number[],
): Promise<void> {
  const data = events
    .filter(({ seq }) => seqs.includes(seq))
    .map(({ seq, at }) => ({
      practiceId: practice.id,
      tenantId: practice.tenantId,
      seq,
      notBefore: at,
      createdAt: at,
    }));
  if (data.length > 0) await tx.telling.createMany({ data, skipDuplicates: true });
}

/** Takes up to `limit` tellings whose time has come, oldest first. Any number of workers may ask: they skip each other's. */
export async function claimTellings(db: Database, now: Instant, limit: number): Promise<readonly Telling[]> {
  const { rows } = await db.pool.query<Telling>(
    `WITH due AS (
       SELECT practice_id, seq FROM telling WHERE not_before <= $1
       ORDER BY not_before, practice_id, seq LIMIT $2 FOR UPDATE SKIP LOCKED
     )
     UPDATE telling t SET not_before = $3, attempts = attempts + 1
     FROM due WHERE t.practice_id = due.practice_id AND t.seq = due.seq
     RETURNING t.tenant_id AS "tenantId", t.practice_id AS "practiceId", t.seq, t.attempts`,
    [now, limit, instant(epochMs(now) + LEASE_MS)],
  );
  return rows;
}

/** Told, or nothing to say. */
export async function settleTelling(db: Database, { practiceId, seq }: Telling): Promise<void> {
  await db.prisma.telling.deleteMany({ where: { practiceId, seq } });
}

/** To be tried again at an instant. */
export async function postponeTelling(
  db: Database,
  { practiceId, seq }: Telling,
  notBefore: Instant,
  lastError: string,
): Promise<void> {
  await db.prisma.telling.updateMany({ where: { practiceId, seq }, data: { notBefore, lastError } });
}

/** The address was refused: the telling ends, and the practice hears of it through the inbox, once. */
export async function refuseTelling(db: Database, telling: Telling, receivedAt: Instant): Promise<void> {
  const { tenantId, practiceId, seq } = telling;
  const payload = { seq };
  await db.transaction(async (tx) => {
    await tx.telling.deleteMany({ where: { practiceId, seq } });
    await tx.inboxRow.createMany({
      data: [
        {
          id: uuidv7(epochMs(receivedAt)),
          tenantId,
          practiceId,
          kind: 'event',
          type: 'mailRefused',
          actorKey: 'mail',
          actorRole: 'service',
          idempotencyKey: `${practiceId}/${seq}`,
          bodySha256: sha256(canonicalJson(payload)),
          payload,
          receivedAt,
        },
      ],
      skipDuplicates: true,
    });
    wakeSender(tx);
  });
}
