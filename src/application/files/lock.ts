import { refuse } from '../../domain/errors';
import type { Rows } from '../../platform/database';

export interface LockedPractice {
  readonly status: string;
  readonly submitCommand: string | null;
  readonly applicantId: string;
  readonly authorId: string | null;
}

/**
 * The practice's row, locked until the transaction ends, as acts lock it: a file can't be frozen twice, or while it goes
 * away. Refusal: `PRACTICE_NOT_FOUND`.
 */
export async function lockPractice(tx: Rows, tenantId: string, practiceId: string): Promise<LockedPractice> {
  const rows = await tx.$queryRaw<LockedPractice[]>`
    SELECT status, submit_command AS "submitCommand", applicant_id AS "applicantId", author_id AS "authorId"
    FROM practice WHERE id = ${practiceId}::uuid AND tenant_id = ${tenantId}::uuid FOR UPDATE`;
  return rows[0] ?? refuse('PRACTICE_NOT_FOUND');
}
