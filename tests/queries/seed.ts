import { randomUUID } from 'node:crypto';
import { seedId } from '../../src/application/seed';
import { DEMO_SERVICES } from '../../src/application/services/demo-services';
import { canonicalJson, sha256, uuidv7 } from '../../src/platform/digest';
import type { System } from '../support/system';

/** A practice as lists see it, without the life that led there. Everything has a value that a plain one would have. */
export interface Seeded {
  readonly tenant?: string;
  readonly service?: string;
  readonly version?: number;
  readonly status?: string;
  /** User names. */
  readonly applicant?: string;
  readonly beneficiary?: string;
  readonly author?: string;
  readonly assignee?: string;
  /** Code of the office to which it was assigned. */
  readonly office?: string;
  readonly name?: string;
  readonly taxCode?: string | null;
  readonly createdAt?: string;
  readonly changedAt?: string;
  readonly confirmedAt?: string | null;
  readonly receivedAt?: string | null;
  readonly registeredAt?: string | null;
  readonly endedAt?: string | null;
  readonly discardedAt?: string | null;
  readonly answerBy?: string | null;
  readonly code?: string | null;
  readonly registration?: string | null;
  readonly priority?: 'high' | 'medium' | 'low';
  readonly identity?: string | null;
  readonly authorKind?: string;
  readonly attention?: readonly string[];
  readonly late?: boolean;
  readonly area?: string;
  readonly phase?: string;
  readonly outcome?: string;
  /** Label of its folder, which is made if it is not there. */
  readonly folder?: string;
  /** What the applicant wrote, and the files frozen with it. */
  readonly content?: object;
  readonly files?: readonly { readonly field: string; readonly name: string }[];
}

const RANKS = { high: 1, medium: 2, low: 3 } as const;
let sequence = 0;

/** Puts practices into the database as if they had lived; gives their ids in the same order. */
export async function seedPractices(system: Pick<System, 'db'>, rows: readonly Seeded[]): Promise<string[]> {
  const ids: string[] = [];
  for (const row of rows) ids.push(await seedPractice(system, row));
  return ids;
}

async function seedPractice({ db: { prisma } }: Pick<System, 'db'>, row: Seeded): Promise<string> {
  const { tenant = 'bugliano', status = 'inCharge', name = 'Giulia Bianchi', priority = 'medium', content } = row;
  const taxCode = row.taxCode === undefined ? 'BNCGLI85T50D612A' : row.taxCode;
  const createdAt = row.createdAt ?? new Date(Date.UTC(2026, 0, 1) + sequence * 60_000).toISOString();
  const sent = status === 'draft' ? null : createdAt;
  const tenantId = seedId(tenant, 'tenant', tenant);
  const account = (username: string | undefined) => (username ? seedId(tenant, 'account', username) : null);
  const id = uuidv7(Date.parse(createdAt));
  sequence += 1;
  await prisma.practice.create({
    data: {
      id,
      tenantId,
      serviceCode: row.service ?? 'permesso-ztl',
      serviceVersion: row.version ?? newest(row.service ?? 'permesso-ztl'),
      applicantId: account(row.applicant ?? 'giulia.bianchi') ?? id,
      beneficiaryId: account(row.beneficiary),
      authorId: account(row.author),
      assigneeId: account(row.assignee),
      officeId: row.office ? seedId(tenant, 'office', row.office) : null,
      authorKind: row.authorKind ?? 'citizen',
      status,
      seq: 1,
      actVersion: 1,
      salt: 'salt',
      search: `${name} ${taxCode ?? ''}`.toLowerCase(),
      applicantName: name,
      applicantTaxCode: taxCode,
      createdAt,
      changedAt: row.changedAt ?? createdAt,
      confirmedAt: row.confirmedAt === undefined ? sent : row.confirmedAt,
      receivedAt: row.receivedAt === undefined ? sent : row.receivedAt,
      registeredAt: row.registeredAt ?? null,
      endedAt: row.endedAt ?? null,
      discardedAt: row.discardedAt ?? null,
      answerBy: row.answerBy ? new Date(row.answerBy) : null,
      code: row.code ?? null,
      registration: row.registration ?? null,
      priority,
      priorityRank: RANKS[priority],
      identity: row.identity === undefined ? sent && 'local' : row.identity,
      identityLevel: row.identity === 'unverified' ? 0 : 1,
      attention: [...(row.attention ?? [])],
      late: row.late ?? false,
      area: row.area ?? null,
      phase: row.phase ?? null,
      outcome: row.outcome ?? null,
      folderId: row.folder ? await folder(prisma, tenantId, row.folder) : null,
    },
  });
  if (content && status === 'draft') {
    await prisma.draft.create({ data: { practiceId: id, tenantId, content, savedAt: createdAt } });
  } else if (content) {
    const attachments = (row.files ?? []).map((file) => ({ ...file, id: randomUUID() }));
    await prisma.submission.create({
      data: {
        practiceId: id,
        ordinal: 1,
        tenantId,
        commandId: randomUUID(),
        content,
        sha256: sha256(canonicalJson(content)),
        attachments,
        authentication: {},
        confirmedAt: createdAt,
      },
    });
  }
  return id;
}

function newest(service: string): number {
  return DEMO_SERVICES.find(({ code }) => code === service)?.version ?? 1;
}

async function folder(prisma: System['db']['prisma'], tenantId: string, label: string): Promise<string> {
  const known = await prisma.folder.findFirst({ where: { tenantId, label } });
  if (known) return known.id;
  const made = await prisma.folder.create({
    data: { id: randomUUID(), tenantId, key: `test:${label}`, label, createdAt: new Date('2026-01-01T00:00:00Z') },
  });
  return made.id;
}
