import { epochMs, type Instant, instant } from '../../domain/ids';
import type { PracticeEvent } from '../../domain/practice/events';
import type { PracticeState } from '../../domain/practice/state';
import { evaluateClock } from '../../domain/terms/practice-clock';
import type { Prisma } from '../../generated/prisma/client';
import type { Rows } from '../../platform/database';
import { canonicalJson, uuidFromName } from '../../platform/digest';
import { serviceOf } from '../services/catalogue';

/** Derived and stable: what the gateway knows a position by. */
export function paymentRequestId(practiceId: string, ordinal: number): string {
  return `${practiceId}/pay/${ordinal}`;
}

/** Rows that lists and pages join to a practice: payments, operator tasks, the submission marker. */
export async function applySideTables(
  tx: Rows,
  tenantId: string,
  state: PracticeState,
  events: readonly PracticeEvent[],
): Promise<void> {
  for (const event of events) await applyEvent(tx, tenantId, state, event);
}

async function applyEvent(tx: Rows, tenantId: string, state: PracticeState, event: PracticeEvent): Promise<void> {
  const practiceId = state.id;
  switch (event.type) {
    case 'paymentRequested': {
      const expiresAt = evaluateClock(state).deadlines.find((deadline) => deadline.kind === 'payment')?.expiresAt;
      await tx.payment.create({
        data: {
          practiceId,
          tenantId,
          ordinal: event.data.payment,
          gateway: 'pending',
          requestId: paymentRequestId(practiceId, event.data.payment),
          amountCents: event.data.amountCents,
          status: 'requested',
          phase: event.data.phase ?? 'request',
          reason: await reasonOf(tx, tenantId, state, event.data.phase),
          expiresAt: expiresAt ?? event.at,
          createdAt: event.at,
        },
      });
      return;
    }
    case 'paymentReceived':
      await setPayment(tx, practiceId, event.data.payment, {
        status: 'paid',
        receiptId: event.data.receipt,
        paidAt: event.data.paidAt,
        ...(event.data.means && { means: event.data.means }),
      });
      return;
    case 'positionClosed':
      await tx.payment.updateMany({
        where: { practiceId, ordinal: event.data.payment, status: { not: 'paid' } },
        data: { status: 'cancelled' },
      });
      return;
    case 'draftDeleted':
    case 'draftExpired':
      // What was never sent is nobody's business any more.
      await tx.practice.update({ where: { id: practiceId }, data: { discardedAt: event.at } });
      await tx.draft.updateMany({ where: { practiceId }, data: { content: {} } });
      return;
    case 'paymentExpired':
      await setPayment(tx, practiceId, event.data.payment, { status: 'expired' });
      if (event.data.to === 'draft') {
        // The applicant may correct and send again.
        await tx.practice.update({ where: { id: practiceId }, data: { submitCommand: null } });
      }
      return;
    case 'attentionRaised':
      await openTask(tx, tenantId, practiceId, event.data.reason, event.at, { ...event.data });
      return;
    case 'attentionCleared':
      await tx.operatorTask.updateMany({
        where: { practiceId, reason: event.data.reason, closedAt: null },
        data: { closedAt: event.at },
      });
      return;
    default:
      return;
  }
}

/** What the notice says is paid for, as the service puts it. */
async function reasonOf(
  tx: Rows,
  tenantId: string,
  { rules }: PracticeState,
  phase: 'release' | undefined,
): Promise<string> {
  const { definition } = await serviceOf(tx, { tenantId, serviceCode: rules.service, serviceVersion: rules.version });
  return (phase === 'release' ? definition.releasePayment : definition.payment)?.reason ?? definition.name;
}

async function setPayment(
  tx: Rows,
  practiceId: string,
  ordinal: number,
  data: Prisma.PaymentUpdateInput,
): Promise<void> {
  await tx.payment.update({ where: { practiceId_ordinal: { practiceId, ordinal } }, data });
}

/**
 * Opens an operator task. The same thing told again is the same task; two things of the same kind in the same millisecond,
 * as two receipts that match nothing, are two.
 */
export async function openTask(
  tx: Rows,
  tenantId: string,
  practiceId: string,
  reason: string,
  openedAt: Instant,
  detail: Prisma.InputJsonObject,
): Promise<void> {
  const id = uuidFromName(`task:${practiceId}:${reason}:${openedAt}:${canonicalJson(detail)}`);
  // An index of earlier releases allows one task of a kind in each millisecond: the second one is dated a moment later.
  for (let at = openedAt; ; at = instant(epochMs(at) + 1)) {
    const task = { tenantId, practiceId, reason, detail, openedAt: at };
    const { count } = await tx.operatorTask.createMany({ data: [{ id, ...task }], skipDuplicates: true });
    if (count === 1) return;
    const there = await tx.operatorTask.findFirst({
      where: { practiceId, reason, openedAt: at },
      select: { detail: true },
    });
    if (!there || canonicalJson(there.detail) === canonicalJson(detail)) return;
  }
}
