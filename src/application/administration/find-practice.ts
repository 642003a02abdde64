import type { PracticeSnapshot } from '../../activities/contract';
import { asId, type PracticeId, type TenantCode, workflowIdOf } from '../../domain/ids';
import type { Prisma } from '../../generated/prisma/client';
import type { Database } from '../../platform/database';
import { readSnapshot } from '../snapshot';

export type PracticeRow = Prisma.PracticeGetPayload<Record<string, never>>;

/** A practice with what leads to it in the engine. */
export interface FoundPractice {
  readonly row: PracticeRow;
  readonly tenant: TenantCode;
  readonly workflowId: string;
  readonly snapshot: PracticeSnapshot;
}

export type Search =
  | { readonly kind: 'found'; readonly practice: FoundPractice }
  /** Several bodies have it: name one. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly { readonly tenant: string; readonly id: string }[] }
  | { readonly kind: 'notFound' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const REGISTRATION = /^(\d{1,7})\/(\d{4})$/;

/**
 * Finds a practice by what an administrator has in hand: its id, its code (`ZTL-2026-000012`) or the number of any
 * document of it in the register (`0000012/2026`, leading zeros may be left out). `tenant` is the code of a body.
 */
export async function findPractice(db: Database, text: string, tenant?: string): Promise<Search> {
  const scope = tenant === undefined ? {} : { tenantId: await tenantIdOf(db, tenant) };
  const rows = await matching(db, text.trim(), scope);
  const [row] = rows;
  if (!row) return { kind: 'notFound' };
  const found = await Promise.all(rows.map((each) => asFound(db, each)));
  const [practice] = found;
  if (found.length === 1 && practice) return { kind: 'found', practice };
  return { kind: 'ambiguous', candidates: found.map((each) => ({ tenant: each.tenant, id: each.row.id })) };
}

/** The practice with this id, as it is stored now. @throws when there is none. */
export async function readPractice(db: Database, id: string): Promise<FoundPractice> {
  return asFound(db, await db.prisma.practice.findUniqueOrThrow({ where: { id } }));
}

async function tenantIdOf(db: Database, code: string): Promise<string> {
  const row = await db.prisma.tenant.findUnique({ where: { code }, select: { id: true } });
  // Nothing belongs to a body that does not exist.
  return row?.id ?? '00000000-0000-0000-0000-000000000000';
}

async function matching(
  db: Database,
  text: string,
  scope: { readonly tenantId?: string },
): Promise<readonly PracticeRow[]> {
  const { practice, registrationIntent } = db.prisma;
  if (UUID.test(text)) return practice.findMany({ where: { ...scope, id: text.toLowerCase() } });
  const [, digits, year] = REGISTRATION.exec(text) ?? [];
  if (!digits || !year) {
    return practice.findMany({ where: { ...scope, code: { in: [text, text.toUpperCase()] } }, take: 20 });
  }
  const number = digits.padStart(7, '0');
  const requests = await practice.findMany({ where: { ...scope, registration: `${number}/${year}` }, take: 20 });
  if (requests.length > 0) return requests;
  const intents = await registrationIntent.findMany({
    where: { ...scope, number: { in: [number, digits] }, year: Number(year) },
    select: { practiceId: true },
    take: 20,
  });
  return practice.findMany({ where: { id: { in: intents.map((intent) => intent.practiceId) } } });
}

async function asFound(db: Database, row: PracticeRow): Promise<FoundPractice> {
  const { code } = await db.prisma.tenant.findUniqueOrThrow({ where: { id: row.tenantId }, select: { code: true } });
  const tenant = asId<TenantCode>(code);
  return {
    row,
    tenant,
    workflowId: workflowIdOf(tenant, asId<PracticeId>(row.id)),
    snapshot: readSnapshot(row.snapshot),
  };
}
