import type { Clock } from '../../../activities/ports/clock';
import type {
  FoundRegistration,
  ProtocolloPort,
  RegisterOutcome,
  RegisterRequest,
  RegistrationRef,
} from '../../../activities/ports/protocollo';
import { instant, type LegalDate } from '../../../domain/ids';
import { romeDate, romeYear } from '../../../domain/terms/rome';
import type { Prisma } from '../../../generated/prisma/client';
import { takeNumber } from '../../../platform/counters';
import type { Database, Rows } from '../../../platform/database';

const REGISTER = 'PG';
const MAX_SUBJECT = 1000;

/**
 * The register of bodies without a system of their own (DPR 445/2000 art. 53): one number per document, progressive and
 * gapless per calendar year, at least seven digits, entries never changed. `tenant` in requests is the tenant's id.
 */
export function createInternalRegister(db: Database, clock: Clock): ProtocolloPort {
  return {
    name: 'internal',
    capabilities: () => ({ reliableSearch: true, maxSubject: MAX_SUBJECT }),
    register: (request) => register(db, clock, request),
    findByOwnRef: async (tenant, ownRef) => find(db.prisma, tenant, ownRef),
  };
}

async function register(db: Database, clock: Clock, request: RegisterRequest): Promise<RegisterOutcome> {
  const wrong = complaint(request);
  if (wrong) return { kind: 'rejected', ...wrong };
  const ref = await db.prisma.$transaction(async (tx) => {
    // Whoever asks twice for the same document, also at the same moment, gets the same number.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${request.tenant}/${request.ownRef}`}, 0))`;
    const known = await find(tx, request.tenant, request.ownRef);
    return known?.ref ?? enter(tx, clock, request);
  });
  return { kind: 'registered', ref };
}

async function enter(tx: Rows, clock: Clock, request: RegisterRequest): Promise<RegistrationRef> {
  const registeredAt = clock.now();
  const year = romeYear(registeredAt);
  const number = await takeNumber(tx, request.tenant, `register:${REGISTER}`, year);
  const entry = {
    tenantId: request.tenant,
    register: REGISTER,
    year,
    number,
    ownRef: request.ownRef,
    direction: request.direction,
    subject: request.subject,
    receivedAt: request.receivedAt,
    registeredAt,
    date: new Date(romeDate(registeredAt)),
    office: request.office,
    parties: request.parties as unknown as Prisma.InputJsonArray,
    main: request.main as unknown as Prisma.InputJsonObject,
    attachments: request.attachments as unknown as Prisma.InputJsonArray,
    folder: request.folder ?? null,
  };
  await tx.registerEntry.create({ data: entry });
  return refOf({ ...entry, registeredAt: new Date(registeredAt) });
}

async function find(rows: Rows, tenantId: string, ownRef: string): Promise<FoundRegistration | undefined> {
  const entry = await rows.registerEntry.findUnique({ where: { tenantId_ownRef: { tenantId, ownRef } } });
  return entry ? { ref: refOf(entry), match: 'exact' } : undefined;
}

function refOf(entry: {
  register: string;
  year: number;
  number: number;
  date: Date;
  registeredAt: Date;
}): RegistrationRef {
  return {
    register: entry.register,
    year: entry.year,
    number: String(entry.number).padStart(7, '0'),
    date: entry.date.toISOString().slice(0, 10) as LegalDate,
    registeredAt: instant(entry.registeredAt),
  };
}

/** The data that art. 53 c. 1 demands; without them there is no registration. */
function complaint(request: RegisterRequest): { readonly code: string; readonly message: string } | undefined {
  if (request.subject.trim() === '') return { code: 'SUBJECT_MISSING', message: 'the subject is empty' };
  if (request.subject.length > MAX_SUBJECT) {
    return { code: 'SUBJECT_TOO_LONG', message: `the subject is longer than ${MAX_SUBJECT} characters` };
  }
  if (request.parties.length === 0) return { code: 'PARTY_MISSING', message: 'no sender or recipient is named' };
  if (!/^[0-9a-f]{64}$/.test(request.main.sha256))
    return { code: 'DIGEST_MISSING', message: 'the document has no digest' };
  return undefined;
}
