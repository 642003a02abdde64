import { RefusedError } from '../../domain/errors';
import type { Actor } from '../../domain/practice/acts';
import { inTransaction, takeAct } from '../inbox/intake';
import { readOutcome } from '../inbox/outcomes';
import type { Administration } from './administration';
import type { FoundPractice } from './find-practice';

export type ActResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'pending'; readonly command: string }
  | { readonly kind: 'refused'; readonly why: string }
  /** No such administrator in the practice's body, or disabled. */
  | { readonly kind: 'noAdministrator' };

/** Shortest reason that says something. */
export const MIN_REASON = 10;

const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 200;

/**
 * Files the act `retryRegistration` as an administrator of the practice's body, through the inbox like every other act:
 * the timeline says who let the register be asked again, and the reason is kept with the act. Repeating it on the same
 * version of the practice is the same act. Waits up to ten seconds for its outcome.
 */
export async function retryRegistrationAs(
  admin: Administration,
  { row }: FoundPractice,
  username: string,
  reason: string,
): Promise<ActResult> {
  const account = await admin.db.prisma.account.findFirst({
    where: { tenantId: row.tenantId, username, role: 'administrator', enabled: true },
    select: { id: true },
  });
  if (!account) return { kind: 'noAdministrator' };
  const actor: Actor = { id: account.id, role: 'administrator' };
  try {
    const { commandId } = await inTransaction(admin.db, (tx) =>
      takeAct(tx, admin.clock, {
        tenantId: row.tenantId,
        practiceId: row.id,
        act: 'retryRegistration',
        actor,
        idempotencyKey: `retry-registration-${row.id}-${row.seq}`,
        payload: { reason },
        fingerprint: {},
      }),
    );
    return await outcomeOf(admin, commandId);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { kind: 'refused', why: error.message };
  }
}

async function outcomeOf({ db }: Administration, command: string): Promise<ActResult> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const row = await db.prisma.inboxRow.findUnique({ where: { id: command }, select: { outcome: true } });
    const outcome = readOutcome(row?.outcome);
    if (outcome?.result === 'refused') return { kind: 'refused', why: outcome.code };
    if (outcome) return { kind: 'done' };
    if (Date.now() >= deadline) return { kind: 'pending', command };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
