import { refuse } from '../../domain/errors';
import type { Instant } from '../../domain/ids';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { visiblePractice } from './visibility';

/**
 * Saves what the applicant has written so far, valid or not. Never waits for the engine.
 * `basedOn` is the version that was read; absent, the last one who saves wins.
 * Refusals: `PRACTICE_NOT_FOUND`, `DRAFT_FROZEN` once the application was sent, `DRAFT_CHANGED`.
 */
export async function saveDraft(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  content: Prisma.InputJsonObject,
  basedOn?: number,
): Promise<{ readonly savedAt: Instant; readonly version: number }> {
  await visiblePractice(viewer, practiceId);
  const savedAt = app.clock.now();
  return app.db.prisma.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<
      { status: Status; submit_command: string | null; applicant_id: string; author_id: string | null }[]
    >`
      SELECT status, submit_command, applicant_id, author_id FROM practice
      WHERE id = ${practiceId}::uuid AND tenant_id = ${viewer.tenantId}::uuid FOR UPDATE`;
    const row = rows[0] ?? refuse('PRACTICE_NOT_FOUND');
    if (row.applicant_id !== viewer.accountId && row.author_id !== viewer.accountId)
      refuse('NOT_APPLICANT', { actLabel: 'Salva la bozza' });
    if (row.status !== 'draft' || row.submit_command !== null) {
      refuse('DRAFT_FROZEN', {
        statusLabel: STATUS_LABELS[row.submit_command && row.status === 'draft' ? 'submitted' : row.status],
      });
    }
    const now = await tx.draft.findUniqueOrThrow({ where: { practiceId } });
    // Two tabs, or citizen and operator: what the other wrote must not vanish in silence.
    if (basedOn !== undefined && basedOn !== now.version)
      refuse('DRAFT_CHANGED', { given: basedOn, actual: now.version });
    const draft = await tx.draft.update({
      where: { practiceId },
      data: { content, savedAt, version: { increment: 1 } },
    });
    return { savedAt, version: draft.version };
  });
}
