import { refuse } from '../../domain/errors';
import type { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, OFFICE_ROLES, OVERSIGHT_ROLES, type Viewer } from '../access/viewer';

type PracticeRow = Prisma.PracticeGetPayload<Record<string, never>>;

/** Before this the office sees nothing: the applicant is still writing, or has not paid. */
const BEFORE_ARRIVAL = ['draft', 'awaitingStamps', 'awaitingPayment', 'awaitingOutcome'];

const NONE: Prisma.PracticeWhereInput = { id: { in: [] } };

/**
 * Which practices a viewer may see, as a condition that every list and look-up shares: applicants their own, officers
 * those of the services of their offices once arrived, administrators and auditors all arrived ones.
 */
export async function visiblePractices(viewer: Viewer): Promise<Prisma.PracticeWhereInput> {
  if (APPLICANT_ROLES.includes(viewer.role)) return { applicantId: viewer.accountId };
  const arrived: Prisma.PracticeWhereInput = { receivedAt: { not: null }, status: { notIn: BEFORE_ARRIVAL } };
  if (OVERSIGHT_ROLES.includes(viewer.role)) return arrived;
  if (!OFFICE_ROLES.includes(viewer.role)) return NONE;
  const services = await viewer.db.serviceVersion.findMany({
    where: { officeIds: { hasSome: [...viewer.officeIds] } },
    select: { code: true, version: true },
  });
  const mine = services.map(({ code, version }) => ({ serviceCode: code, serviceVersion: version }));
  // Never an empty OR: inside an AND Prisma leaves it out, which shows everything.
  return mine.length === 0 ? NONE : { AND: [arrived, { OR: mine }] };
}

/** One practice as the viewer may see it. Refusal: `PRACTICE_NOT_FOUND`, also when it exists and is another's. */
export async function visiblePractice(viewer: Viewer, id: string): Promise<PracticeRow> {
  const row = await viewer.db.practice.findFirst({ where: { AND: [{ id }, await visiblePractices(viewer)] } });
  return row ?? refuse('PRACTICE_NOT_FOUND');
}
