import { z } from 'zod';
import { refuse } from '../../domain/errors';
import { instant } from '../../domain/ids';
import { STATUS_LABELS, STATUSES, type Status } from '../../domain/practice/states';
import type { Prisma } from '../../generated/prisma/client';
import { APPLICANT_ROLES, type Viewer } from '../access/viewer';
import { visiblePractices } from './visibility';

/** Strict: a filter with a wrong name must not give everything. */
export const listQuerySchema = z.strictObject({
  status: z.enum(STATUSES).optional(),
  service: z.string().max(60).optional(),
  /** `mine`: in charge to me. `unassigned`: to be taken in charge. */
  work: z.enum(['mine', 'unassigned']).optional(),
  /** Exact practice code or registration number (`0000012/2026`), or parts of the applicant's name or tax code. */
  q: z.string().trim().min(2).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** `next` of the page before. */
  cursor: z.string().max(200).optional(),
});

export type ListQuery = z.infer<typeof listQuerySchema>;

/**
 * A page of practices, last changed first. Pages are cut by key: rows that arrive meanwhile neither repeat nor hide
 * others. Refusal: `VALIDATION_FAILED` for a cursor that is not ours.
 */
export async function listPractices(viewer: Viewer, query: ListQuery) {
  const and: Prisma.PracticeWhereInput[] = [await visiblePractices(viewer)];
  if (query.status) and.push({ status: query.status });
  if (query.service) and.push({ serviceCode: query.service });
  if (query.work === 'mine') and.push({ assigneeId: viewer.accountId });
  if (query.work === 'unassigned') and.push({ assigneeId: null, status: { in: ['received', 'registered'] } });
  if (query.q) {
    const exact = query.q.toUpperCase();
    // Word by word: people write the family name first or last.
    const words = query.q.toLowerCase().split(/\s+/);
    const everyWord = words.map((word) => ({ search: { contains: literally(word) } }));
    and.push({ OR: [{ code: exact }, { registration: query.q }, { AND: everyWord }] });
  }
  if (query.cursor) and.push(after(query.cursor));
  const rows = await viewer.db.practice.findMany({
    where: { AND: and },
    orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
    select: {
      id: true,
      code: true,
      serviceCode: true,
      status: true,
      actVersion: true,
      assigneeId: true,
      createdAt: true,
      changedAt: true,
      receivedAt: true,
      answerBy: true,
      registration: true,
      attention: true,
      late: true,
    },
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      ...row,
      assigneeId: APPLICANT_ROLES.includes(viewer.role) ? null : row.assigneeId,
      statusLabel: STATUS_LABELS[row.status as Status],
      createdAt: instant(row.createdAt),
      changedAt: instant(row.changedAt),
      receivedAt: row.receivedAt ? instant(row.receivedAt) : null,
      answerBy: row.answerBy ? row.answerBy.toISOString().slice(0, 10) : null,
      href: `/api/v1/practices/${row.id}`,
    })),
    next: rows.length > query.limit && last ? `${last.changedAt.toISOString()}_${last.id}` : null,
  };
}

/** `%` and `_` are wildcards of LIKE, which Prisma lets through. */
function literally(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}

function after(cursor: string): Prisma.PracticeWhereInput {
  const parsed = z.tuple([z.iso.datetime().regex(/^[1-9]/), z.uuid()]).safeParse(cursor.split('_'));
  if (!parsed.success) {
    return refuse('VALIDATION_FAILED', {}, [
      { path: 'cursor', rule: 'cursor', message: 'Usa il valore "next" ricevuto con la pagina precedente.' },
    ]);
  }
  const [changedAt, id] = parsed.data;
  return { OR: [{ changedAt: { lt: changedAt } }, { changedAt, id: { lt: id } }] };
}
