import { ApplicationFailure } from '@temporalio/activity';
import { hasOutcome, waitingBefore } from '../application/inbox/waiting';
import { ProjectionDiverged, project } from '../application/projection/project';
import { openTask } from '../application/projection/side-tables';
import { FAILURE } from '../domain/failures';
import type { PracticeActivities } from './contract';
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
      return waitingBefore(db, practice, before);
    },
    async hasOutcome({ practice, id }) {
      return hasOutcome(db, practice, id);
    },
    async reportParked({ practice, reason }) {
      const row = await db.prisma.practice.findUniqueOrThrow({ where: { id: practice } });
      log.error({ practice, reason }, 'practice parked');
      const open = await db.prisma.operatorTask.findFirst({
        where: { practiceId: practice, reason: 'parked', closedAt: null },
      });
      if (!open) await openTask(db.prisma, row.tenantId, practice, 'parked', clock.now(), { reason });
    },
    async reportStrange({ practice, message, why }) {
      const row = await db.prisma.practice.findUniqueOrThrow({ where: { id: practice } });
      log.error({ practice, message, why }, 'strange message turned away');
      const detail = { message, why };
      const open = await db.prisma.operatorTask.findFirst({
        where: { practiceId: practice, reason: 'strangeMessage', closedAt: null, detail: { equals: detail } },
      });
      if (!open) await openTask(db.prisma, row.tenantId, practice, 'strangeMessage', clock.now(), detail);
    },
  };
}
