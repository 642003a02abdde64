import { refuse } from '../../domain/errors';
import type { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, OFFICE_ROLES, OVERSIGHT_ROLES, type Viewer } from '../access/viewer';
import { handles, serviceOf } from '../services/catalogue';

type PracticeRow = Prisma.PracticeGetPayload<Record<string, never>>;

/** A published version of a service, as practices name it. */
export interface ServiceKey {
  readonly code: string;
  readonly version: number;
}

const NONE: Prisma.PracticeWhereInput = { id: { in: [] } };

/**
 * The applicant has confirmed it. What waits for stamps or money is there, too: an officer takes money at the counter.
 * A draft is not, also when it was confirmed once and came back because nobody paid.
 */
const CONFIRMED: Prisma.PracticeWhereInput = { confirmedAt: { not: null }, status: { not: 'draft' } };

/**
 * Which practices a viewer may see, as a condition that every list and look-up shares: applicants their own and those
 * filed for them by another; officers the confirmed ones of the services of their offices, and drafts that they opened
 * for a citizen; administrators and auditors all confirmed ones. Nobody sees what was discarded before it was sent.
 */
export async function visiblePractices(viewer: Viewer): Promise<Prisma.PracticeWhereInput> {
  return { AND: [{ discardedAt: null }, await byRole(viewer)] };
}

async function byRole(viewer: Viewer): Promise<Prisma.PracticeWhereInput> {
  const me = viewer.accountId;
  if (APPLICANT_ROLES.includes(viewer.role)) {
    // Who benefits reads it when it has been sent; what is still being written belongs to who writes it.
    return { OR: [{ applicantId: me }, { AND: [{ beneficiaryId: me }, CONFIRMED] }] };
  }
  if (OVERSIGHT_ROLES.includes(viewer.role)) return CONFIRMED;
  if (!OFFICE_ROLES.includes(viewer.role)) return NONE;
  const offices = { AND: [CONFIRMED, ofServices(await servicesOfOffices(viewer, viewer.officeIds))] };
  return { OR: [offices, { authorId: me, status: 'draft' }] };
}

/** Versions of services that some of these offices handle. */
export async function servicesOfOffices(viewer: Viewer, officeIds: readonly string[]): Promise<readonly ServiceKey[]> {
  return viewer.db.serviceVersion.findMany({
    where: { officeIds: { hasSome: [...officeIds] } },
    select: { code: true, version: true },
  });
}

/** Practices of these versions of services; of none, when there are none. */
export function ofServices(services: readonly ServiceKey[]): Prisma.PracticeWhereInput {
  // Never an empty OR: inside an AND Prisma leaves it out, which shows everything.
  if (services.length === 0) return NONE;
  return { OR: services.map(({ code, version }) => ({ serviceCode: code, serviceVersion: version })) };
}

/** One practice as the viewer may see it. Refusal: `PRACTICE_NOT_FOUND`, also when it exists and is another's. */
export async function visiblePractice(viewer: Viewer, id: string): Promise<PracticeRow> {
  const row = await viewer.db.practice.findFirst({ where: { id, discardedAt: null } });
  return row && (await maySee(viewer, row)) ? row : refuse('PRACTICE_NOT_FOUND');
}

/** What `visiblePractices` says, of a row that was read: the services of a page's practice need no question each time. */
async function maySee(viewer: Viewer, row: PracticeRow): Promise<boolean> {
  const me = viewer.accountId;
  const confirmed = row.confirmedAt !== null && row.status !== 'draft';
  if (APPLICANT_ROLES.includes(viewer.role)) return row.applicantId === me || (row.beneficiaryId === me && confirmed);
  if (OVERSIGHT_ROLES.includes(viewer.role)) return confirmed;
  if (!OFFICE_ROLES.includes(viewer.role)) return false;
  if (row.authorId === me && row.status === 'draft') return true;
  return confirmed && handles(viewer, (await serviceOf(viewer.db, row)).officeIds);
}
