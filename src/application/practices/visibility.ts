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

/** Discarded before it was sent: nobody sees it any more. */
export const NOT_DISCARDED: Prisma.PracticeWhereInput = { discardedAt: null };

/**
 * The applicant has confirmed it. What waits for stamps or money is there, too: an officer takes money at the counter.
 * A draft is not, also when it was confirmed once and came back because nobody paid.
 */
export const CONFIRMED: Prisma.PracticeWhereInput = { confirmedAt: { not: null }, status: { not: 'draft' } };

/** What a viewer may see, in parts that have no practice in common, so that each may be read by an index of its own. */
export interface VisibleParts {
  /** The confirmed ones of these services; absent: of every service; of no service where the list is empty. */
  readonly services?: readonly ServiceKey[];
  readonly others: readonly Prisma.PracticeWhereInput[];
}

/**
 * Which practices a viewer may see, as parts that every list and look-up shares: applicants their own and those
 * filed for them by another; officers the confirmed ones of the services of their offices, and drafts that they opened
 * for a citizen; administrators and auditors all confirmed ones. Nobody sees what was discarded before it was sent
 * (`NOT_DISCARDED`).
 */
export async function visibleParts(viewer: Viewer): Promise<VisibleParts> {
  const me = viewer.accountId;
  if (APPLICANT_ROLES.includes(viewer.role)) {
    // Who benefits reads it when it has been sent; what is still being written belongs to who writes it.
    const forMe = { AND: [{ beneficiaryId: me, applicantId: { not: me } }, CONFIRMED] };
    return { services: [], others: [{ applicantId: me }, forMe] };
  }
  if (OVERSIGHT_ROLES.includes(viewer.role)) return { others: [] };
  if (!OFFICE_ROLES.includes(viewer.role)) return { services: [], others: [] };
  const services = await servicesOfOffices(viewer, viewer.officeIds);
  return { services, others: [{ authorId: me, status: 'draft' }] };
}

/** The parts as one condition. */
export function anyOf({ services, others }: VisibleParts): Prisma.PracticeWhereInput {
  const confirmed = services ? { AND: [CONFIRMED, ofServices(services)] } : CONFIRMED;
  return { AND: [NOT_DISCARDED, { OR: [confirmed, ...others] }] };
}

/** What `visibleParts` says, as one condition. */
export async function visiblePractices(viewer: Viewer): Promise<Prisma.PracticeWhereInput> {
  return anyOf(await visibleParts(viewer));
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
  const versions = [...new Set(services.map(({ version }) => version))];
  return {
    OR: versions.map((serviceVersion) => {
      const codes = services.filter(({ version }) => version === serviceVersion).map(({ code }) => code);
      return { serviceVersion, serviceCode: { in: codes } };
    }),
  };
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
