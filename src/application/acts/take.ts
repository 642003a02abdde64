import { refuse } from '../../domain/errors';
import { ACT_RULES } from '../../domain/practice/acts';
import type { Prisma } from '../../generated/prisma/client';
import { actorOf, OFFICE_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { type ActRequest, findRepetition, inTransaction, type Taken, takeAct } from '../inbox/intake';
import { visiblePractice } from '../practices/visibility';
import { handles, serviceOf } from '../services/catalogue';
import { readSnapshot } from '../snapshot';
import type { ActSpec } from './spec';

/** An act with its content, after the edge has checked its form. */
export interface ActGiven {
  readonly idempotencyKey: string;
  /** The body without `actVersion`. */
  readonly body: unknown;
  readonly actVersion?: number;
}

/**
 * Takes an act of a person. Rights on the service are decided here, because the engine knows no offices; the state is
 * judged by the guard, at intake and again by the practice itself. Refusals: `PRACTICE_NOT_FOUND`,
 * `OFFICE_NOT_ENTITLED`, those of the act's own preparation and of the guard.
 */
export async function takeSpecified(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  spec: ActSpec,
  given: ActGiven,
): Promise<Taken> {
  const practice = await visiblePractice(viewer, practiceId);
  const { definition, officeIds } = await serviceOf(app.db.prisma, practice);
  const actor = actorOf(viewer);
  const body = (given.body ?? {}) as Prisma.InputJsonObject;
  const versioned = ACT_RULES[spec.act].versioned;
  const request: ActRequest = {
    tenantId: viewer.tenantId,
    practiceId,
    act: spec.act,
    actor,
    idempotencyKey: given.idempotencyKey,
    payload: body,
    fingerprint: body,
    ...(versioned && given.actVersion !== undefined && { actVersion: given.actVersion }),
  };
  // Before anything is prepared: what was prepared the first time may be used up by now.
  const known = await findRepetition(app.db.prisma, request);
  if (known) return known;
  const ofTheOffice = OFFICE_ROLES.includes(viewer.role) && practice.authorId !== viewer.accountId;
  if (ofTheOffice && !handles(viewer, officeIds)) refuse('OFFICE_NOT_ENTITLED');
  const { state } = readSnapshot(practice.snapshot);
  const prepared = (await spec.prepare?.({ app, viewer, practice, state, definition, officeIds }, body)) ?? {};
  const full: ActRequest = {
    ...request,
    payload: { ...body, ...prepared.payload },
    ...(prepared.facts && { facts: prepared.facts }),
  };
  return inTransaction(app.db, (tx) =>
    takeAct(tx, app.clock, full, async (_row, command) => {
      await prepared.alongside?.(tx, command);
      return undefined;
    }),
  );
}
