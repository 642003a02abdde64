import { z } from 'zod';

const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());

/** Identifier chosen by the caller: visible ASCII, so that it survives a path, a header and a log. */
export const requestIdSchema = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 visible ASCII characters');

/** Body of the creation of a position. Amounts are integer cents, instants UTC. */
export const positionBodySchema = z.strictObject({
  amountCents: z.int().min(1).max(99_999_999_999),
  reason: z.string().trim().min(1).max(140),
  expiresAt: instant,
  payer: z.strictObject({ taxCode: z.string().min(1).max(35), name: z.string().min(1).max(140) }),
});
export type PositionBody = z.infer<typeof positionBodySchema>;

export const receiptSchema = z.object({
  receiptId: z.string(),
  requestId: z.string(),
  iuv: z.string(),
  amountCents: z.int(),
  paidAt: instant,
  provider: z.string(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** What the journal holds: facts, in the order in which they happened. */
export const recordSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('created'),
    requestId: z.string(),
    iuv: z.string(),
    noticeNumber: z.string(),
    body: positionBodySchema,
  }),
  z.object({ type: z.literal('paid'), receipt: receiptSchema }),
  z.object({ type: z.literal('invalidated'), requestId: z.string() }),
  z.object({ type: z.literal('queued'), receiptId: z.string(), times: z.int() }),
  z.object({ type: z.literal('delivered'), receiptId: z.string() }),
]);
export type JournalRecord = z.infer<typeof recordSchema>;

/** A position as the gateway's interface shows it. */
export interface PositionView {
  readonly requestId: string;
  readonly iuv: string;
  readonly noticeNumber: string;
  readonly status: 'open' | 'paid' | 'invalidated' | 'expired';
  readonly amountCents: number;
  readonly reason: string;
  readonly expiresAt: string;
  readonly receipt?: Receipt;
}
