import { refuse } from '../../domain/errors';
import type { Act } from '../../domain/practice/acts';
import type { Prisma } from '../../generated/prisma/client';
import { actorOf, OFFICE_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { inTransaction, type Taken, takeAct } from '../inbox/intake';
import { handles, serviceOf } from '../services/catalogue';
import { visiblePractice } from './visibility';

/** An act with its content, after the edge has checked its form. */
export interface ActGiven {
  readonly act: Exclude<Act, 'createDraft' | 'submit' | 'answerIntegration'>;
  readonly idempotencyKey: string;
  readonly payload: Prisma.InputJsonObject;
  readonly actVersion?: number;
}

/**
 * Takes an officer's act. Rights on the service are decided here, because the engine knows no offices; the state is
 * judged by the guard, at intake and again by the practice itself. Refusals: `PRACTICE_NOT_FOUND`,
 * `OFFICE_NOT_ENTITLED`, those of the guard.
 */
export async function takeOfficeAct(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  given: ActGiven,
): Promise<Taken> {
  const practice = await visiblePractice(viewer, practiceId);
  const { officeIds } = await serviceOf(app.db.prisma, practice);
  if (OFFICE_ROLES.includes(viewer.role) && !handles(viewer, officeIds)) refuse('OFFICE_NOT_ENTITLED');
  return inTransaction(app.db, (tx) =>
    takeAct(tx, app.clock, { tenantId: viewer.tenantId, practiceId, actor: actorOf(viewer), ...given }),
  );
}
