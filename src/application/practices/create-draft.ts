import { randomBytes } from 'node:crypto';
import { refuse } from '../../domain/errors';
import { asId, type CommandId, epochMs, type PracticeId, type TenantCode } from '../../domain/ids';
import type { Command } from '../../domain/practice/command';
import { newborn } from '../../domain/practice/state';
import { evaluateClock } from '../../domain/terms/practice-clock';
import type { Prisma } from '../../generated/prisma/client';
import type { Rows } from '../../platform/database';
import { uuidv7 } from '../../platform/digest';
import { actorOf, OFFICE_ROLES, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { type ActRequest, findRepetition, insertRow, inTransaction, type Taken } from '../inbox/intake';
import { currentService, handles } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { rulesOf } from '../services/rules-of';
import { type FiledFor, personFor } from './filed-for';
import { assertKnown } from './submit';

/** A draft to open. */
export interface DraftGiven {
  readonly service: string;
  readonly data: Prisma.InputJsonObject;
  readonly language: 'it' | 'de' | 'en';
  /** For whom an operator opens it; nobody else may give it. */
  readonly applicant?: FiledFor;
  readonly idempotencyKey: string;
}

/**
 * Opens a draft. The practice exists as soon as PostgreSQL says so; its workflow is started by the inbox, so a draft can
 * be opened and saved whatever the engine does. An operator may open one for a citizen, who finds it in their area.
 * Refusals: `SERVICE_NOT_FOUND`, `FILER_NOT_ALLOWED`, `IDENTITY_TOO_WEAK`, `OFFICE_NOT_ENTITLED`, `VALIDATION_FAILED`
 * (an operator must say for whom), `IDEMPOTENCY_KEY_REUSED`.
 */
export async function createDraft(app: Application, viewer: Viewer, given: DraftGiven): Promise<Taken> {
  const { definition, officeIds } = await currentService(viewer.db, given.service);
  const byOperator = OFFICE_ROLES.includes(viewer.role);
  assertMayFile(viewer, definition, officeIds, given);
  const now = app.clock.now();
  const practiceId = uuidv7(epochMs(now));
  const { applicant, data, language } = given;
  const request: ActRequest = {
    tenantId: viewer.tenantId,
    practiceId,
    act: 'createDraft',
    actor: actorOf(viewer),
    idempotencyKey: given.idempotencyKey,
    payload: { service: definition.code, data, ...(applicant && { applicant: { ...applicant } }) },
  };
  return inTransaction(app.db, async (tx): Promise<Taken> => {
    const known = await findRepetition(tx, request);
    if (known) return known;
    const owner = applicant ? await personFor(tx, viewer.tenantId, applicant, language, now) : viewer.accountId;
    await insertPractice(tx, viewer, definition, { id: practiceId, owner, byOperator, language, now });
    await tx.draft.create({ data: { practiceId, tenantId: viewer.tenantId, content: data, savedAt: now } });
    const command: Command = {
      id: asId<CommandId>(uuidv7(epochMs(now))),
      act: 'createDraft',
      actor: request.actor,
      receivedAt: now,
    };
    await insertRow(tx, request, command, 'act');
    return { commandId: command.id, practiceId, receivedAt: now, repeated: false };
  });
}

function assertMayFile(
  viewer: Viewer,
  definition: ServiceDefinition,
  officeIds: readonly string[],
  { applicant }: DraftGiven,
): void {
  if (OFFICE_ROLES.includes(viewer.role)) {
    if (!handles(viewer, officeIds)) refuse('OFFICE_NOT_ENTITLED');
    if (applicant) return;
    const message = 'Indica per chi inserisci la domanda.';
    refuse('VALIDATION_FAILED', {}, [{ path: 'applicant', rule: 'required', message }]);
  }
  if (applicant) {
    const message = 'Solo un operatore può inserire la domanda per un altro: scrivi i dati nel modulo.';
    refuse('VALIDATION_FAILED', {}, [{ path: 'applicant', rule: 'unknown', message }]);
  }
  const { filers } = definition.access;
  if (!(filers as readonly string[]).includes(viewer.role)) {
    refuse('FILER_NOT_ALLOWED', { role: viewer.role, roles: filers.join(', ') });
  }
  assertKnown(viewer, definition);
}

async function insertPractice(
  tx: Rows,
  viewer: Viewer,
  definition: ServiceDefinition,
  made: {
    readonly id: string;
    readonly owner: string;
    readonly byOperator: boolean;
    readonly language: string;
    readonly now: string;
  },
): Promise<void> {
  const account = await tx.account.findUniqueOrThrow({ where: { id: made.owner } });
  const name = `${account.givenName} ${account.familyName}`;
  const rules = rulesOf(definition);
  const state = newborn({
    id: asId<PracticeId>(made.id),
    tenant: asId<TenantCode>(viewer.tenantCode),
    applicant: made.owner,
    rules,
    ...(made.byOperator && { author: viewer.accountId }),
  });
  await tx.practice.create({
    data: {
      id: made.id,
      tenantId: viewer.tenantId,
      serviceCode: definition.code,
      serviceVersion: definition.version,
      applicantId: made.owner,
      authorId: made.byOperator ? viewer.accountId : null,
      authorKind: made.byOperator ? 'operator' : viewer.role,
      status: state.status,
      phase: rules.phases?.[0]?.key ?? null,
      createdAt: made.now,
      changedAt: made.now,
      snapshot: { state, clock: evaluateClock(state) } as unknown as Prisma.InputJsonObject,
      salt: randomBytes(16).toString('hex'),
      search: `${name} ${account.taxCode ?? ''}`.toLowerCase(),
      applicantName: name,
      applicantTaxCode: account.taxCode,
      language: made.language,
    },
  });
}
