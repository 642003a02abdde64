import { z } from 'zod';
import type { DebtPosition, PaymentReceipt } from '../../../activities/ports/payments';
import { instant } from '../../../domain/ids';
import { isNoticeNumber } from '../../../domain/payments/notice-number';

const instantSchema = z.iso.datetime({ offset: true }).transform((value) => instant(new Date(value)));

/** A receipt as the sandbox posts it and shows it in a position; amounts in integer cents. */
export const receiptSchema = z.object({
  receiptId: z.string().min(1).max(200),
  requestId: z.string().min(1).max(200),
  iuv: z.string().regex(/^\d{17}$/),
  amountCents: z.int().min(1),
  paidAt: instantSchema,
  provider: z.string().min(1).max(140),
});

const positionSchema = z
  .object({
    requestId: z.string(),
    iuv: z.string(),
    noticeNumber: z.string().refine(isNoticeNumber, 'is not a notice number'),
    status: z.enum(['open', 'paid', 'invalidated', 'expired']),
    receipt: receiptSchema.optional(),
  })
  .refine((position) => position.noticeNumber === `3${position.iuv}`, 'the IUV is not that of the notice')
  .refine((position) => (position.status === 'paid') === (position.receipt !== undefined), 'paid without a receipt');

const problemSchema = z.object({ code: z.string(), detail: z.string() });

/** Reads a position from an answer, or says why it is none. */
export function readPosition(answer: unknown, requestId: string): DebtPosition | Error {
  const parsed = positionSchema.safeParse(answer);
  if (!parsed.success) return parsed.error;
  const { receipt, ...position } = parsed.data;
  if (position.requestId !== requestId) return new Error(`it is about "${position.requestId}"`);
  return receipt === undefined ? position : { ...position, receipt };
}

/** Reads a receipt from a verified body, or undefined when it has another form. */
export function readReceipt(body: Buffer): PaymentReceipt | undefined {
  try {
    return receiptSchema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Code and sentence of a refusal; a body that is no problem gives the status alone. */
export function readProblem(status: number, answer: unknown): { readonly code: string; readonly detail: string } {
  const parsed = problemSchema.safeParse(answer);
  return parsed.success ? parsed.data : { code: `http-${status}`, detail: `the gateway answered ${status}` };
}
