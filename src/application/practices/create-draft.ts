import { randomBytes } from 'node:crypto';
import { asId, type CommandId, epochMs, type PracticeId, type TenantCode } from '../../domain/ids';
import type { Command } from '../../domain/practice/command';
import { newborn } from '../../domain/practice/state';
import { evaluateClock } from '../../domain/terms/practice-clock';
import type { Prisma } from '../../generated/prisma/client';
import { uuidv7 } from '../../platform/digest';
import { actorOf, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { type ActRequest, findRepetition, insertRow, inTransaction, type Taken } from '../inbox/intake';
import { currentService } from '../services/catalogue';
import { rulesOf } from '../services/definition';

/**
 * Opens a draft. The practice exists as soon as PostgreSQL says so; its workflow is started by the inbox, so a draft can
 * be opened and saved whatever the engine does. Refusals: `SERVICE_NOT_FOUND`, `IDEMPOTENCY_KEY_REUSED`.
 */
export async function createDraft(
  app: Application,
  viewer: Viewer,
  given: { readonly service: string; readonly data: Prisma.InputJsonObject; readonly idempotencyKey: string },
): Promise<Taken> {
  const { definition } = await currentService(viewer.db, given.service);
  const now = app.clock.now();
  const practiceId = uuidv7(epochMs(now));
  const request: ActRequest = {
    tenantId: viewer.tenantId,
    practiceId,
    act: 'createDraft',
    actor: actorOf(viewer),
    idempotencyKey: given.idempotencyKey,
    payload: { service: definition.code, data: given.data },
  };
  return inTransaction(app.db, async (tx): Promise<Taken> => {
    const known = await findRepetition(tx, request);
    if (known) return known;
    const account = await tx.account.findUniqueOrThrow({ where: { id: viewer.accountId } });
    const state = newborn({
      id: asId<PracticeId>(practiceId),
      tenant: asId<TenantCode>(viewer.tenantCode),
      applicant: viewer.accountId,
      rules: rulesOf(definition),
    });
    await tx.practice.create({
      data: {
        id: practiceId,
        tenantId: viewer.tenantId,
        serviceCode: definition.code,
        serviceVersion: definition.version,
        applicantId: viewer.accountId,
        status: state.status,
        createdAt: now,
        changedAt: now,
        snapshot: { state, clock: evaluateClock(state) } as unknown as Prisma.InputJsonObject,
        salt: randomBytes(16).toString('hex'),
        search: `${account.givenName} ${account.familyName} ${account.taxCode ?? ''}`.toLowerCase(),
      },
    });
    await tx.draft.create({ data: { practiceId, tenantId: viewer.tenantId, content: given.data, savedAt: now } });
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
