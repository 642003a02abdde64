import { asId, type PracticeId } from '../../domain/ids';
import { Prisma } from '../../generated/prisma/client';
import { wakeSender } from '../inbox/intake';
import { startFromSnapshot } from '../inbox/start';
import type { Administration } from './administration';
import type { Agreement } from './engine-view';

/**
 * Starts a practice again from its stored snapshot. A run that is behind is terminated first: what it would still do
 * has been done by a later one. Safe to repeat and to be interrupted: until the new run exists the practice stays
 * missing or terminated, which the next attempt finds. Afterwards waiting acts go at once and the operator tasks that
 * told of the missing workflow are closed.
 * @throws when the engine can't be reached: repeat later.
 */
export async function restartPractice(
  { db, client, clock, start }: Administration,
  practice: { readonly id: string; readonly workflowId: string },
  why: Agreement,
): Promise<'started' | 'alreadyRunning'> {
  if (why === 'behind') {
    await client.workflow.getHandle(practice.workflowId).terminate('behind PostgreSQL: restarted from the snapshot');
  }
  const result = await startFromSnapshot(db, client, start, asId<PracticeId>(practice.id));
  await db.prisma.operatorTask.updateMany({
    where: { practiceId: practice.id, reason: 'engineMissing', closedAt: null },
    data: { closedAt: clock.now() },
  });
  await hurryInbox({ db }, practice.id);
  return result;
}

/** Lets rows that wait to be sent again go now. Gives how many there are. */
export async function hurryInbox({ db }: Pick<Administration, 'db'>, practiceId: string): Promise<number> {
  return db.transaction(async (tx) => {
    const { count } = await tx.inboxRow.updateMany({
      where: { practiceId, outcome: { equals: Prisma.DbNull } },
      data: { notBefore: null },
    });
    if (count > 0) wakeSender(tx);
    return count;
  });
}
