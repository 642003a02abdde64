import { ApplicationFailure } from '@temporalio/activity';
import { commandOf } from '../application/inbox/delivery';
import { type ReceiptPayload, receiptNews } from '../application/inbox/receipts';
import { ProjectionDiverged, project } from '../application/projection/project';
import { openTask } from '../application/projection/side-tables';
import { FAILURE } from '../domain/failures';
import { instant } from '../domain/ids';
import { Prisma } from '../generated/prisma/client';
import type { PracticeActivities, WaitingItem } from './contract';
import type { ActivityDeps } from './deps';

/** Activities of the queue `practice`: PostgreSQL only. */
export function practiceActivities({ db, clock, log }: ActivityDeps): PracticeActivities {
  return {
    async project(batch) {
      try {
        return await project(db, batch);
      } catch (error) {
        if (!(error instanceof ProjectionDiverged)) throw error;
        log.error({ practice: batch.practice, events: batch.events.map((event) => event.seq) }, 'projection diverged');
        throw ApplicationFailure.nonRetryable(error.message, FAILURE.diverged);
      }
    },
    async inboxBefore({ practice, before }) {
      const rows = await db.prisma.inboxRow.findMany({
        where: { practiceId: practice, outcome: { equals: Prisma.DbNull }, type: { not: 'createDraft' } },
        orderBy: { position: 'asc' },
      });
      return rows.flatMap((row): WaitingItem[] => {
        if (row.type === 'paymentReceipt') {
          // What counts for money is when the provider took it, not when the news came.
          const news = receiptNews(row.id, row.payload as unknown as ReceiptPayload, instant(row.receivedAt));
          return news.paidAt < before ? [{ kind: 'receipt', news }] : [];
        }
        return row.receivedAt < new Date(before) ? [{ kind: 'act', command: commandOf(row) }] : [];
      });
    },
    async reportParked({ practice, reason }) {
      const row = await db.prisma.practice.findUniqueOrThrow({ where: { id: practice } });
      log.error({ practice, reason }, 'practice parked');
      const open = await db.prisma.operatorTask.findFirst({
        where: { practiceId: practice, reason: 'parked', closedAt: null },
      });
      if (!open) await openTask(db.prisma, row.tenantId, practice, 'parked', clock.now(), { reason });
    },
  };
}
