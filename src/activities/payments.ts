import { ApplicationFailure } from '@temporalio/activity';
import { applicantName } from '../application/documents/texts';
import { takeReceipt } from '../application/inbox/receipts';
import { paymentRequestId } from '../application/projection/side-tables';
import { serviceOf } from '../application/services/catalogue';
import { FAILURE } from '../domain/failures';
import { type Content, valueAt } from '../forms/profile/form';
import type { PaymentActivities } from './contract';
import type { ActivityDeps } from './deps';
import { PositionRefused } from './ports/payments';

/** Activities of the queue `payments`. The request id is derived, so a repetition finds the position made before. */
export function paymentActivities({ db, clock, payments }: ActivityDeps): PaymentActivities {
  return {
    async openPosition({ practice, payment, expiresAt }) {
      const row = await db.prisma.practice.findUniqueOrThrow({ where: { id: practice } });
      const { definition } = await serviceOf(db.prisma, row);
      const submission = await db.prisma.submission.findFirstOrThrow({
        where: { practiceId: practice },
        orderBy: { ordinal: 'desc' },
      });
      const content = submission.content as Content;
      const requestId = paymentRequestId(practice, payment);
      const stored = await db.prisma.payment.findUniqueOrThrow({ where: { requestId } });
      try {
        const position = await payments.createPosition({
          requestId,
          amountCents: stored.amountCents,
          reason: stored.reason || definition.name,
          expiresAt,
          payer: { taxCode: String(valueAt(content, 'applicant.taxCode')), name: applicantName(content) },
        });
        await db.prisma.payment.updateMany({
          // Money may have come before this row was written: it stays paid.
          where: { requestId, status: 'requested' },
          data: { status: 'open', gateway: payments.name, iuv: position.iuv, noticeNumber: position.noticeNumber },
        });
      } catch (error) {
        if (!(error instanceof PositionRefused)) throw error;
        throw ApplicationFailure.nonRetryable(error.message, FAILURE.positionRefused, error.code);
      }
    },

    async askPosition({ practice, payment }) {
      const position = await payments.findPosition(paymentRequestId(practice, payment));
      if (position?.status !== 'paid' || !position.receipt) return { kind: 'unpaid' };
      const news = await takeReceipt(db, clock, payments.name, position.receipt);
      if (!news) throw new Error(`payment ${payment} of ${practice} is not in the database`);
      return { kind: 'paid', news };
    },

    async closePosition({ practice, payment }) {
      const requestId = paymentRequestId(practice, payment);
      // A position that was never created there has nothing to close.
      if (!(await payments.findPosition(requestId))) return { kind: 'closed' };
      const position = await payments.invalidate(requestId);
      if (position.status !== 'paid' || !position.receipt) return { kind: 'closed' };
      const news = await takeReceipt(db, clock, payments.name, position.receipt);
      if (!news) throw new Error(`payment ${requestId} is not in the database`);
      return { kind: 'paid', news };
    },
  };
}
