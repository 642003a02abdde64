import { RefusedError, refuse } from '../../domain/errors';
import { romeDate } from '../../domain/terms/rome';
import type { Content } from '../../forms/profile/form';
import type { Rows } from '../../platform/database';
import { actorOf, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { inTransaction, type Taken, takeAct } from '../inbox/intake';
import { assignmentOf } from '../services/assignment';
import { serviceOf } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { feeAtRequest } from '../services/fees';
import { readSnapshot } from '../snapshot';
import { applicantColumns, authenticationOf, type Filer, freeze, type Written } from './submission';
import { submitAtOnce } from './submit-at-once';
import { visiblePractice } from './visibility';

type PracticeRow = Awaited<ReturnType<typeof visiblePractice>>;

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
  const atOnce = await submitAtOnce(app, viewer, practiceId, idempotencyKey);
  if (atOnce) return atOnce;
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
        const frozen = freeze(definition, await writtenSoFar(tx, practiceId), romeDate(command.receivedAt));
        digest = frozen.sha256;
        const content = frozen.content as Content;
        const authentication = authenticationOf(await filerOf(tx, viewer), viewer, practice.authorKind, content);
        const columns = applicantColumns(definition, viewer, practice.authorKind, content);
        const beneficiaryId = await beneficiaryOf(tx, practice, columns.applicantTaxCode);
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
          data: { submitCommand: command.id, ...columns, beneficiaryId },
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

/** Who confirms, and how they have logged in. */
async function filerOf(tx: Rows, viewer: Viewer): Promise<Filer> {
  const [who] = await tx.$queryRaw<Filer[]>`
    SELECT a.given_name || ' ' || a.family_name AS name, a.tax_code AS "taxCode", s.provider, s.level,
      s.created_at AS "createdAt"
    FROM session s JOIN account a ON a.id = s.account_id AND a.tenant_id = s.tenant_id
    WHERE s.id = ${viewer.sessionId}::uuid AND a.id = ${viewer.accountId}::uuid`;
  if (!who) throw new Error(`session ${viewer.sessionId} is not in the database`);
  return who;
}

/** The account of the person for whom a professional or delegate acts, when there is one. */
async function beneficiaryOf(tx: Rows, { tenantId, authorKind }: PracticeRow, taxCode: string): Promise<string | null> {
  if (!['professional', 'delegate'].includes(authorKind)) return null;
  const client = await tx.account.findFirst({ where: { tenantId, taxCode, role: 'citizen', kind: 'account' } });
  return client?.id ?? null;
}
