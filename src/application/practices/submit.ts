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
import { assignmentOf } from '../services/assignment';
import { serviceOf } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { feeAtRequest } from '../services/fees';
import { readSnapshot } from '../snapshot';
import { applicantName } from './applicant-name';
import { visiblePractice } from './visibility';

type PracticeRow = Awaited<ReturnType<typeof visiblePractice>>;

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
  if (practice.authorKind !== 'operator') assertKnown(viewer, definition);
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
        const content = frozen.content as FormContent;
        const authentication = await authenticationOf(tx, viewer, practice, content);
        // Nothing is read back: what was written is known.
        await tx.submission.createMany({
          data: {
            practiceId,
            ordinal: readSnapshot(row.snapshot).state.submission + 1,
            tenantId: viewer.tenantId,
            commandId: command.id,
            ...frozen,
            authentication,
            confirmedAt: command.receivedAt,
          },
        });
        await tx.practice.updateMany({
          where: { id: practiceId },
          data: { submitCommand: command.id, ...(await applicantColumns(tx, practice, definition, content, viewer)) },
        });
        const { feeCents, stamps } = feeAtRequest(definition, content);
        const assignTo = await assignmentOf(tx, viewer.tenantId, definition, content);
        return { feeCents, stamps, ...(assignTo && { assignTo }) };
      },
    );
  }).catch(asAlreadySubmitted);
  if (digest) return { ...taken, sha256: digest };
  const known = await viewer.db.submission.findFirstOrThrow({ where: { commandId: taken.commandId } });
  return { ...taken, sha256: known.sha256 };
}

/** The identity that a service asks for is asked again when it is sent: sessions change. Refusal: `IDENTITY_TOO_WEAK`. */
export function assertKnown(viewer: Viewer, { access }: ServiceDefinition): void {
  if (viewer.level >= access.minimumLevel && (viewer.level > 0 || access.withoutLogin)) return;
  refuse('IDENTITY_TOO_WEAK', { needed: Math.max(access.minimumLevel, 1), given: viewer.level });
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
  const { written, stored } = await writtenSoFar(tx, practiceId);
  const checked = checkContent(definition.form, written, 'data.');
  const errors = checked.ok ? [] : [...checked.errors];
  const attachments: FrozenAttachment[] = [];
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

interface Written {
  readonly written: FormContent;
  readonly stored: readonly FrozenAttachment[];
}

/** The draft and the files that were uploaded for it, in one statement. */
async function writtenSoFar(tx: Rows, practiceId: string): Promise<Written> {
  const [row] = await tx.$queryRaw<Written[]>`
    SELECT d.content AS written, (
      SELECT COALESCE(jsonb_agg(jsonb_build_object('id', a.id, 'field', a.field, 'name', a.name, 'contentType',
        a.content_type, 'bytes', a.bytes, 'sha256', a.sha256)), '[]')
      FROM attachment a WHERE a.practice_id = d.practice_id AND a.removed_at IS NULL
    ) AS stored
    FROM draft d WHERE d.practice_id = ${practiceId}::uuid`;
  if (!row) throw new Error(`practice ${practiceId} has no draft`);
  return row;
}

export function frozenAttachment(row: FrozenAttachment): FrozenAttachment {
  const { id, field, name, contentType, bytes, sha256: digest } = row;
  return { id, field, name, contentType, bytes, sha256: digest };
}

/**
 * How the applicant proved who they are: printed on the request, which it makes an electronic signature (artt. 20, 64
 * and 65 CAD). An operator who files for somebody proves only that it was the operator.
 */
async function authenticationOf(
  tx: Rows,
  viewer: Viewer,
  practice: PracticeRow,
  content: FormContent,
): Promise<Prisma.InputJsonObject> {
  const [who] = await tx.$queryRaw<Filer[]>`
    SELECT a.given_name || ' ' || a.family_name AS name, a.tax_code AS "taxCode", s.provider, s.level,
      s.created_at AS "createdAt"
    FROM session s JOIN account a ON a.id = s.account_id AND a.tenant_id = s.tenant_id
    WHERE s.id = ${viewer.sessionId}::uuid AND a.id = ${viewer.accountId}::uuid`;
  if (!who) throw new Error(`session ${viewer.sessionId} is not in the database`);
  const byOperator = practice.authorKind === 'operator';
  return {
    provider: byOperator ? 'Inserita da un operatore' : (PROVIDERS[who.provider] ?? who.provider),
    level: byOperator ? 0 : who.level,
    instant: who.createdAt.toISOString(),
    session: viewer.sessionId,
    name: byOperator ? applicantName(content) : who.name,
    taxCode: byOperator ? String(valueAt(content, 'applicant.taxCode')) : who.taxCode,
    filedBy: practice.authorKind,
    filer: who.name,
  };
}

interface Filer {
  readonly name: string;
  readonly taxCode: string;
  readonly provider: string;
  readonly level: number;
  readonly createdAt: Date;
}

/** Identity providers as people read them. */
const PROVIDERS: Readonly<Record<string, string>> = {
  local: 'Accesso locale di prova',
  none: 'Nessuno: identità non verificata',
};

/** What lists and searches show of the applicant, as written in the application. */
async function applicantColumns(
  tx: Rows,
  practice: PracticeRow,
  definition: ServiceDefinition,
  content: FormContent,
  viewer: Viewer,
): Promise<Prisma.PracticeUpdateInput> {
  const taxCode = String(valueAt(content, 'applicant.taxCode') ?? '');
  const name = applicantName(content);
  const acted = ['professional', 'delegate'].includes(practice.authorKind);
  const client = acted
    ? await tx.account.findFirst({ where: { tenantId: viewer.tenantId, taxCode, role: 'citizen', kind: 'account' } })
    : null;
  const area = definition.areaField ? valueAt(content, definition.areaField) : undefined;
  return {
    applicantName: name,
    applicantTaxCode: taxCode,
    search: `${name} ${taxCode}`.toLowerCase(),
    identity: practice.authorKind === 'operator' ? 'operator' : viewer.level === 0 ? 'unverified' : viewer.provider,
    identityLevel: practice.authorKind === 'operator' ? 0 : viewer.level,
    beneficiaryId: client?.id ?? null,
    area: area === undefined ? null : String(area),
  };
}
