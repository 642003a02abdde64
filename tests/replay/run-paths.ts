import type { PracticeSnapshot } from '../../src/activities/contract';
import { concurrently } from '../../src/application/administration/concurrently';
import { commandOf } from '../../src/application/inbox/delivery';
import { receiptNews } from '../../src/application/inbox/receipts';
import { instant } from '../../src/domain/ids';
import { PROCESSED_RING } from '../../src/domain/practice/state';
import { expectStatus, reach, registeredPractice } from '../support/builders';
import { decides, offer, registered, sent } from '../support/services';
import type { System } from '../support/system';
import { until } from '../support/until';
import { ended, type Path, people, workflowOf } from './path';

const REASONS = 'Mancano i requisiti richiesti dal regolamento.';

/** Two hundred acts later a practice remembers none of those before. Gives the first of them. */
async function actsUntilForgotten(system: System, id: string): Promise<string> {
  const { operator } = await people(system);
  const set = () => expectStatus(200, operator.post(`/api/v1/practices/${id}/priority`, { priority: 'high' }));
  const { commandId } = await set();
  await concurrently(Array.from({ length: PROCESSED_RING }), 8, set);
  const { state } = await workflowOf(system, id).query<PracticeSnapshot>('snapshot');
  expect(state.processed).not.toContain(commandId);
  return commandId;
}

/** Ways over more than one run. */
export const RUN_PATHS: readonly Path[] = [
  {
    name: 'act-sent-again-to-the-next-run',
    options: { historyLimit: 12 },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await registeredPractice(system, citizen);
      const { commandId } = await decides(operator, id, 'take-charge');
      const handle = workflowOf(system, id);
      const { runId } = await handle.describe();
      // The next act may still belong to the same run; the one after it does not.
      await decides(operator, id, 'start-notice');
      await registered(operator, id, 'startNotice');
      await until('another run', async () => (await handle.describe()).runId !== runId);
      const row = await system.db.prisma.inboxRow.findUniqueOrThrow({ where: { id: commandId } });
      const again = await handle.executeUpdate('takeCharge', { updateId: row.id, args: [commandOf(row)] });
      expect(again).toMatchObject({ status: 'inCharge' });
      return id;
    },
  },
  {
    name: 'act-held-up-for-longer-than-memory-lasts',
    keeps: 'newestRun',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await registeredPractice(system, citizen);
      const first = await actsUntilForgotten(system, id);
      const handle = workflowOf(system, id);
      const { runId } = await handle.describe();
      await handle.signal('renew');
      await until('another run', async () => (await handle.describe()).runId !== runId);
      const paid = await system.db.prisma.inboxRow.findFirstOrThrow({
        where: { practiceId: id, type: 'paymentReceipt' },
      });
      await handle.signal('paymentReceipt', receiptNews(paid.id, paid.payload as never, instant(paid.receivedAt)));
      const row = await system.db.prisma.inboxRow.findUniqueOrThrow({ where: { id: first } });
      await handle.executeUpdate('setPriority', { updateId: row.id, args: [commandOf(row)] });
      await decides(operator, id, 'take-charge');
      const set = await system.db.prisma.practiceEventRow.count({ where: { practiceId: id, type: 'prioritySet' } });
      expect(set).toBe(PROCESSED_RING + 1);
      return id;
    },
  },
  {
    name: 'renewed',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system));
      await reach(citizen, id, 'registered');
      const handle = workflowOf(system, id);
      const { runId } = await handle.describe();
      // Neither a word that nobody knows nor a cancellation ends a practice.
      await handle.signal('nobodyKnowsThis');
      await handle.cancel();
      await handle.signal('renew');
      await until('another run', async () => (await handle.describe()).runId !== runId);
      await decides(operator, id, 'take-charge');
      await decides(operator, id, 'approve');
      await reach(citizen, id, 'approved');
      return id;
    },
  },
  {
    name: 'annulled-after-its-end',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const manager = await system.as('elena.riva');
      const id = await sent(citizen, await offer(system));
      await reach(citizen, id, 'registered');
      await decides(operator, id, 'take-charge');
      await decides(operator, id, 'approve');
      await reach(citizen, id, 'approved');
      await ended(system, id);
      await decides(manager, id, 'annul', { message: REASONS });
      await registered(citizen, id, 'annulment');
      await ended(system, id);
      return id;
    },
  },
];
