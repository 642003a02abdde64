import { RefusedError, refuse } from '../../domain/errors';
import type { FormContent } from '../../forms/form';
import { fieldsOf, valueAt } from '../../forms/form';
import { checkContent } from '../../forms/validate';
import type { Prisma } from '../../generated/prisma/client';
import type { Rows } from '../../platform/database';
import { canonicalJson, sha256 } from '../../platform/digest';
import { actorOf, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { inTransaction, type Taken, takeAct } from '../inbox/intake';
import { serviceOf } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { readSnapshot } from '../snapshot';
import { visiblePractice } from './visibility';

/** An attachment as it is frozen with the submission. */
export interface FrozenAttachment {
  readonly id: string;
  readonly field: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Decides a submission. It is checked here and nowhere else: content complete, attachments present, practice still a
 * draft; then content, digest and identity are frozen with the command in one transaction. From that commit on it has
 * arrived, whatever the engine does. Refusals: `VALIDATION_FAILED` with every wrong field, `ALREADY_SUBMITTED`,
 * `PRACTICE_NOT_FOUND` and those of the guard.
 */
export async function submit(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  idempotencyKey: string,
): Promise<Taken & { readonly sha256: string }> {
  const practice = await visiblePractice(viewer, practiceId);
  const { definition } = await serviceOf(app.db.prisma, practice);
  let digest = '';
  const taken = await inTransaction(app.db, (tx) => {
    digest = '';
    return takeAct(
      tx,
      app.clock,
      { tenantId: viewer.tenantId, practiceId, act: 'submit', actor: actorOf(viewer), idempotencyKey, payload: {} },
      async (row, command) => {
        if (row.submit_command !== null) refuse('ALREADY_SUBMITTED');
        const frozen = await freeze(tx, definition, practiceId);
        digest = frozen.sha256;
        await tx.submission.create({
          data: {
            practiceId,
            ordinal: readSnapshot(row.snapshot).state.submission + 1,
            tenantId: viewer.tenantId,
            commandId: command.id,
            ...frozen,
            authentication: await authenticationOf(tx, viewer),
            confirmedAt: command.receivedAt,
          },
        });
        await tx.practice.update({ where: { id: practiceId }, data: { submitCommand: command.id } });
      },
    );
  }).catch(asAlreadySubmitted);
  if (digest) return { ...taken, sha256: digest };
  const known = await viewer.db.submission.findFirstOrThrow({ where: { commandId: taken.commandId } });
  return { ...taken, sha256: known.sha256 };
}

/** Whoever sends again an application that is still open has sent it already, whatever the engine has done of it since. */
function asAlreadySubmitted(error: unknown): never {
  if (error instanceof RefusedError && error.refusal.code === 'ACT_NOT_ALLOWED_IN_STATE') refuse('ALREADY_SUBMITTED');
  throw error;
}

async function freeze(
  tx: Rows,
  definition: ServiceDefinition,
  practiceId: string,
): Promise<{ content: Prisma.InputJsonObject; attachments: Prisma.InputJsonArray; sha256: string }> {
  const draft = await tx.draft.findUniqueOrThrow({ where: { practiceId } });
  const checked = checkContent(definition.form, draft.content as FormContent, 'data.');
  const errors = checked.ok ? [] : [...checked.errors];
  const attachments: FrozenAttachment[] = [];
  const stored = await tx.attachment.findMany({ where: { practiceId, removedAt: null } });
  for (const { path, field } of fieldsOf(definition.form)) {
    const ids = checked.ok && field.type === 'file' ? valueAt(checked.content, path) : undefined;
    for (const [index, id] of (Array.isArray(ids) ? ids : []).entries()) {
      const file = stored.find((row) => row.id === id && row.field === path);
      if (file) attachments.push(frozenAttachment(file));
      else {
        const message = `L'allegato indicato per "${field.label}" non è stato caricato in questo campo.`;
        errors.push({ path: `data.${path}.${index}`, rule: 'attachment', message });
      }
    }
  }
  if (!checked.ok || errors.length > 0) return refuse('VALIDATION_FAILED', {}, errors);
  const content = checked.content as Prisma.InputJsonObject;
  const frozen = { service: definition.code, version: definition.version, content, attachments };
  return {
    content,
    attachments: attachments as unknown as Prisma.InputJsonArray,
    sha256: sha256(canonicalJson(frozen)),
  };
}

export function frozenAttachment(row: FrozenAttachment): FrozenAttachment {
  const { id, field, name, contentType, bytes, sha256: digest } = row;
  return { id, field, name, contentType, bytes, sha256: digest };
}

/** How the applicant proved who they are: printed on the request, which it makes an electronic signature (art. 20 CAD). */
async function authenticationOf(tx: Rows, viewer: Viewer): Promise<Prisma.InputJsonObject> {
  const account = await tx.account.findUniqueOrThrow({ where: { id: viewer.accountId } });
  const session = await tx.session.findUniqueOrThrow({ where: { id: viewer.sessionId } });
  return {
    provider: 'Accesso locale di prova',
    level: 1,
    instant: session.createdAt.toISOString(),
    session: session.id,
    name: `${account.givenName} ${account.familyName}`,
    taxCode: account.taxCode,
  };
}
