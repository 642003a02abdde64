import { type Instant, instant } from '../../domain/ids';
import { maskPersonalData } from '../../domain/people/masking';
import { EVENT_LABELS } from '../../domain/practice/event-labels';
import type { EventType } from '../../domain/practice/events';
import { Prisma } from '../../generated/prisma/client';
import type { Database } from '../../platform/database';
import type { PracticeRow } from './find-practice';

const LIMIT = 20;

/** What PostgreSQL holds of a practice that is not settled, and its last events. Ids, codes and instants: no names, no texts. */
export type Facts = Awaited<ReturnType<typeof readFacts>>;

/** Reads them; at most twenty rows of each kind. */
export async function readFacts({ prisma }: Database, row: PracticeRow) {
  const where = { practiceId: row.id };
  const [since, inbox, tasks, registrations, payments, mails, queued, events] = await Promise.all([
    statusSince(prisma, row),
    prisma.inboxRow.findMany({
      where: { ...where, outcome: { equals: Prisma.DbNull } },
      orderBy: { position: 'asc' },
      take: LIMIT,
    }),
    prisma.operatorTask.findMany({ where: { ...where, closedAt: null }, orderBy: { openedAt: 'asc' }, take: LIMIT }),
    prisma.registrationIntent.findMany({
      where: { ...where, status: { not: 'registered' } },
      orderBy: { ordinal: 'asc' },
      take: LIMIT,
    }),
    prisma.payment.findMany({
      where: { ...where, status: { in: ['requested', 'open'] } },
      orderBy: { ordinal: 'asc' },
      take: LIMIT,
    }),
    prisma.message.groupBy({ by: ['status'], where: { ...where, status: { not: 'sent' } }, _count: true }),
    prisma.telling.count({ where: { ...where, attempts: 0 } }),
    prisma.practiceEventRow.findMany({ where, orderBy: { seq: 'desc' }, take: 10 }),
  ]);
  return {
    since,
    inbox: inbox.map((each) => ({
      id: each.id,
      type: each.type,
      by: each.actorRole,
      receivedAt: instant(each.receivedAt),
      attempts: each.attempts,
      ...(each.lastError && { lastError: maskPersonalData(each.lastError).slice(0, 300) }),
      ...(each.notBefore && { notBefore: instant(each.notBefore) }),
    })),
    tasks: tasks.map(({ reason, openedAt, detail }) => ({ reason, openedAt: instant(openedAt), detail })),
    registrations: registrations.map((each) => ({
      document: each.ordinal,
      system: each.system,
      status: each.status,
      since: instant(each.outcomeAt ?? each.sentAt ?? each.plannedAt),
      attempts: each.attempts,
      ...(each.errorCode && { errorCode: each.errorCode }),
    })),
    payments: payments.map((each) => ({
      ordinal: each.ordinal,
      phase: each.phase,
      status: each.status,
      amountCents: each.amountCents,
      expiresAt: instant(each.expiresAt),
    })),
    mails: [
      ...mails.map(({ status, _count }) => ({ status, count: _count })),
      ...(queued > 0 ? [{ status: 'queued', count: queued }] : []),
    ],
    events: [...events].reverse().map((each) => ({
      seq: each.seq,
      at: instant(each.at),
      type: each.type,
      label: EVENT_LABELS[each.type as EventType] ?? each.type,
      by: each.actorRole,
    })),
  };
}

/** When the practice came to the state it is in. */
async function statusSince(prisma: Database['prisma'], row: PracticeRow): Promise<Instant> {
  const before = await prisma.practiceEventRow.findFirst({
    where: { practiceId: row.id, status: { not: row.status } },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  });
  const first = await prisma.practiceEventRow.findFirst({
    where: { practiceId: row.id, seq: { gt: before?.seq ?? 0 } },
    orderBy: { seq: 'asc' },
    select: { at: true },
  });
  return instant(first?.at ?? row.createdAt);
}
