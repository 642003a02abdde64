import { refuse } from '../../domain/errors';
import type { Instant } from '../../domain/ids';
import { STATUS_LABELS, type Status } from '../../domain/practice/states';
import type { Prisma } from '../../generated/prisma/client';
import type { Viewer } from '../access/viewer';
import type { Application } from '../application';
import { visiblePractice } from './visibility';

/** A draft to be saved. `basedOn` is the version that was read; absent, the last one who saves wins. */
interface Saving {
  readonly practiceId: string;
  readonly content: Prisma.InputJsonObject;
  readonly basedOn: number | undefined;
  readonly savedAt: Instant;
}

interface Saved {
  readonly savedAt: Instant;
  readonly version: number;
}

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
): Promise<Saved> {
  const saving = { practiceId, content, basedOn, savedAt: app.clock.now() };
  // Almost every save is one statement. What keeps it from writing is found out, and told, by the second way.
  return (await saveAtOnce(app, viewer, saving)) ?? saveOrRefuse(app, viewer, saving);
}

/** Saves if all is as it must be. The practice is locked: what is being sent at this moment is not changed any more. */
async function saveAtOnce(app: Application, viewer: Viewer, saving: Saving): Promise<Saved | undefined> {
  const { practiceId, content, basedOn, savedAt } = saving;
  const { rows } = await app.db.pool.query<{ readonly version: number }>({
    name: 'save-draft',
    text: `WITH open AS (
        SELECT id FROM practice
        WHERE id = $1 AND tenant_id = $2 AND (applicant_id = $3 OR author_id = $3) AND status = 'draft'
          AND submit_command IS NULL AND discarded_at IS NULL FOR UPDATE
      )
      UPDATE draft SET content = $4, saved_at = $5, version = version + 1 FROM open
      WHERE practice_id = open.id AND ($6::int IS NULL OR version = $6) RETURNING version`,
    values: [practiceId, viewer.tenantId, viewer.accountId, JSON.stringify(content), savedAt, basedOn ?? null],
  });
  return rows[0] && { savedAt, version: rows[0].version };
}

async function saveOrRefuse(app: Application, viewer: Viewer, saving: Saving): Promise<Saved> {
  const { practiceId, content, basedOn, savedAt } = saving;
  await visiblePractice(viewer, practiceId);
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
