import type pg from 'pg';
import { asId, type CommandId, epochMs } from '../../domain/ids';
import type { Command } from '../../domain/practice/command';
import { guard } from '../../domain/practice/guard';
import { romeDate } from '../../domain/terms/rome';
import { uuidv7 } from '../../platform/digest';
import { actorOf, type Viewer } from '../access/viewer';
import type { Application } from '../application';
import { type ActRequest, actorKey, bodyDigest, type Taken, wakeSender } from '../inbox/intake';
import { knownService } from '../services/catalogue';
import type { ServiceDefinition } from '../services/definition';
import { feeAtRequest } from '../services/fees';
import { readSnapshot } from '../snapshot';
import { applicantColumns, authenticationOf, type Filer, type Frozen, freeze, type Written } from './submission';

interface OpenDraft {
  readonly tenantId: string;
  readonly serviceCode: string;
  readonly serviceVersion: number;
  readonly snapshot: unknown;
}

type Found = Written & Filer & { readonly disturbed: boolean };

/**
 * Submits a citizen's own draft of which nothing is pending: almost every submission, in three statements. In a rush the
 * processor of the API is what people wait for, and the general way costs it twice as much. Whatever is not as it must
 * be is left, untouched, to the general way, which finds out why and says it: then the answer is undefined.
 * Refusal: `VALIDATION_FAILED`.
 */
export async function submitAtOnce(
  app: Application,
  viewer: Viewer,
  practiceId: string,
  idempotencyKey: string,
): Promise<(Taken & { readonly sha256: string }) | undefined> {
  const request = { act: 'submit' as const, actor: actorOf(viewer), practiceId, idempotencyKey, payload: {} };
  try {
    return await app.db.statements(async (client) => {
      const { rows: drafts } = await client.query<OpenDraft>({
        ...LOCK,
        values: [practiceId, viewer.tenantId, viewer.accountId],
      });
      const definition = drafts[0] && knownService(drafts[0])?.definition;
      if (!drafts[0] || !definition || !isPlain(viewer, definition)) return undefined;
      const { rows } = await client.query<Found>({
        ...READ,
        values: [
          practiceId,
          viewer.tenantId,
          actorKey(request.actor),
          idempotencyKey,
          viewer.sessionId,
          viewer.accountId,
        ],
      });
      if (!rows[0] || rows[0].disturbed) return undefined;
      const { state, clock } = readSnapshot(drafts[0].snapshot);
      const receivedAt = app.clock.now();
      const id = asId<CommandId>(uuidv7(epochMs(receivedAt)));
      const command: Command = { id, act: 'submit', actor: request.actor, receivedAt };
      if (guard(state, clock, command)) return undefined;
      const frozen = freeze(definition, rows[0], romeDate(receivedAt));
      const ordinal = state.submission + 1;
      await write(client, viewer, definition, { request, command, frozen, ordinal, filer: rows[0] });
      wakeSender(client, 'arrived');
      return { commandId: id, practiceId, receivedAt, repeated: false, sha256: frozen.sha256 };
    });
  } catch (error) {
    // The same key at the same moment: the general way answers as if it had come later.
    if ((error as { readonly code?: string }).code === UNIQUE_VIOLATION) return undefined;
    throw error;
  }
}

const UNIQUE_VIOLATION = '23505';

/** Nothing else has to be looked up, and the identity is enough. */
function isPlain(viewer: Viewer, { access, automaticAssignment }: ServiceDefinition): boolean {
  return viewer.level >= Math.max(access.minimumLevel, 1) && automaticAssignment === undefined;
}

async function write(
  client: pg.PoolClient,
  viewer: Viewer,
  definition: ServiceDefinition,
  made: {
    readonly request: Pick<ActRequest, 'act' | 'actor' | 'practiceId' | 'idempotencyKey' | 'payload'>;
    readonly command: Command;
    readonly frozen: Frozen;
    readonly ordinal: number;
    readonly filer: Filer;
  },
): Promise<void> {
  const { request, command, frozen, ordinal, filer } = made;
  const content = frozen.content as Written['written'];
  const { feeCents, stamps } = feeAtRequest(definition, content);
  const columns = applicantColumns(definition, viewer, 'citizen', content);
  await client.query({
    ...WRITE,
    values: [
      request.practiceId,
      viewer.tenantId,
      command.id,
      ordinal,
      JSON.stringify(frozen.content),
      frozen.sha256,
      JSON.stringify(frozen.attachments),
      JSON.stringify(authenticationOf(filer, viewer, 'citizen', content)),
      command.receivedAt,
      actorKey(request.actor),
      request.actor.id,
      request.actor.role,
      request.idempotencyKey,
      bodyDigest(request),
      JSON.stringify(request.payload),
      JSON.stringify({ feeCents, stamps }),
      columns.applicantName,
      columns.applicantTaxCode,
      columns.search,
      columns.identity,
      columns.identityLevel,
      columns.area,
    ],
  });
}

const LOCK = {
  name: 'submit-lock',
  text: `SELECT tenant_id AS "tenantId", service_code AS "serviceCode", service_version AS "serviceVersion", snapshot
    FROM practice
    WHERE id = $1 AND tenant_id = $2 AND applicant_id = $3 AND author_kind = 'citizen' AND status = 'draft'
      AND submit_command IS NULL AND discarded_at IS NULL FOR UPDATE`,
};

/** A statement of its own: one that has waited for the lock would see what was there before it waited. */
const READ = {
  name: 'submit-read',
  text: `SELECT d.content AS written, (
      SELECT COALESCE(jsonb_agg(jsonb_build_object('id', f.id, 'field', f.field, 'name', f.name, 'contentType',
        f.content_type, 'bytes', f.bytes, 'sha256', f.sha256)), '[]')
      FROM attachment f WHERE f.practice_id = d.practice_id AND f.removed_at IS NULL
    ) AS stored, (
      EXISTS (SELECT 1 FROM inbox WHERE practice_id = $1 AND outcome IS NULL)
      OR EXISTS (SELECT 1 FROM inbox WHERE tenant_id = $2 AND actor_key = $3 AND idempotency_key = $4)
    ) AS disturbed, a.given_name || ' ' || a.family_name AS name, a.tax_code AS "taxCode", s.provider, s.level,
      s.created_at AS "createdAt"
    FROM draft d, session s JOIN account a ON a.id = s.account_id AND a.tenant_id = s.tenant_id
    WHERE d.practice_id = $1 AND s.id = $5 AND a.id = $6 AND a.tenant_id = $2`,
};

const WRITE = {
  name: 'submit-write',
  text: `WITH frozen AS (
      INSERT INTO submission (practice_id, tenant_id, command_id, ordinal, content, sha256, attachments, authentication,
        confirmed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ), taken AS (
      INSERT INTO inbox (id, tenant_id, practice_id, kind, type, actor_key, actor_id, actor_role, idempotency_key,
        body_sha256, payload, facts, received_at)
      VALUES ($3, $2, $1, 'act', 'submit', $10, $11, $12, $13, $14, $15, $16, $9)
    )
    UPDATE practice SET submit_command = $3, applicant_name = $17, applicant_tax_code = $18, search = $19,
      identity = $20, identity_level = $21, beneficiary_id = NULL, area = $22
    WHERE id = $1`,
};
