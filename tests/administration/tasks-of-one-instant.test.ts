import { openTaskForNews } from '../../src/application/inbox/late-news';
import { instant } from '../../src/domain/ids';
import { completeDraft } from '../support/builders';
import { type System, startSystem } from '../support/system';

const NOW = instant(new Date('2026-11-30T10:00:00.000Z'));

let system: System;
let practice: string;
beforeAll(async () => {
  system = await startSystem({ clock: { now: () => NOW } });
});
beforeEach(async () => {
  practice = await completeDraft(await system.as('giulia.bianchi'));
});
afterAll(() => system.stop());

/** What the open tasks of the practice are about. */
async function tasks(): Promise<unknown[]> {
  const rows = await system.db.prisma.operatorTask.findMany({
    where: { practiceId: practice },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ reason, detail }) => ({ reason, ...(detail as object) }));
}

test('two receipts for a practice that has ended, received in the same millisecond, are two tasks, however often they are told', async () => {
  const { tenantId } = await system.db.prisma.practice.findUniqueOrThrow({ where: { id: practice } });
  const row = (receipt: string) => ({
    ...{ tenantId, practiceId: practice, type: 'paymentReceipt', receivedAt: new Date(NOW) },
    payload: { receipt, payment: 1 },
  });
  for (const receipt of ['first', 'second', 'first']) await openTaskForNews(system.db.prisma, row(receipt));
  expect(await tasks()).toEqual(
    expect.arrayContaining([
      { reason: 'paymentUnmatched', receipt: 'first', payment: 1 },
      { reason: 'paymentUnmatched', receipt: 'second', payment: 1 },
    ]),
  );
  expect(await tasks()).toHaveLength(2);
});
