import type { Instant } from '../../domain/ids';

/** A debt position to create at the gateway. */
export interface DebtPositionRequest {
  /** Derived and stable: `<practice id>/pay/<ordinal>`. The gateway creates one position for it, however often asked. */
  readonly requestId: string;
  /** Integer cents, greater than zero. */
  readonly amountCents: number;
  /** Reason for payment as printed on the notice, at most 140 characters, without personal data. */
  readonly reason: string;
  /** Payable until this instant; the gateway refuses later payments. */
  readonly expiresAt: Instant;
  /** Payer as the gateway requires it. */
  readonly payer: { readonly taxCode: string; readonly name: string };
}

/** A position that exists at the gateway. */
export interface DebtPosition {
  readonly requestId: string;
  /** 17 digits, from the notice number without its auxiliary digit. */
  readonly iuv: string;
  /** 18 digits, printed on the notice. */
  readonly noticeNumber: string;
  readonly status: 'open' | 'paid' | 'invalidated' | 'expired';
  /** Present when paid. */
  readonly receipt?: PaymentReceipt;
}

/** Proof of payment: from the gateway's signed call or read from it; never from a browser's return. */
export interface PaymentReceipt {
  /** Unique at the gateway; the idempotency key of the inbox row. */
  readonly receiptId: string;
  readonly requestId: string;
  readonly iuv: string;
  readonly amountCents: number;
  /** When the provider took the money: the legal instant of the payment. */
  readonly paidAt: Instant;
  /** Payment provider's name, for people. */
  readonly provider: string;
}

/**
 * Payment gateway of a tenant. Every call is safe to repeat with the same `requestId`.
 * Rejections: `GatewayUnavailable` (retry later), `PositionRefused` (do not repeat: correct what the code says).
 */
export interface PaymentsPort {
  /** Name under which callbacks and rows refer to this gateway. */
  readonly name: string;
  createPosition(request: DebtPositionRequest): Promise<DebtPosition>;
  /** The position as the gateway sees it now, or undefined when it never heard of the request. */
  findPosition(requestId: string): Promise<DebtPosition | undefined>;
  /** Closes an unpaid position. Answers the position: `invalidated`, or `paid` when the money came first. */
  invalidate(requestId: string): Promise<DebtPosition>;
  /** Address of the page where the payer pays; `returnUrl` is where the browser comes back to, proving nothing. */
  checkout(requestId: string, returnUrl: string): Promise<{ readonly url: string }>;
  /**
   * Verifies the signature of a callback and gives its receipt.
   * @throws CallbackRefused when signature, age or form are wrong: answer 401, keep nothing.
   */
  verifyCallback(rawBody: Buffer, headers: Readonly<Record<string, string | undefined>>, now: Instant): PaymentReceipt;
}

/** The gateway did not answer or said "later": the call may be repeated. */
export class GatewayUnavailable extends Error {
  override readonly name = 'GatewayUnavailable';
}

/** The gateway refused the position for a reason that repeating does not cure. */
export class PositionRefused extends Error {
  override readonly name = 'PositionRefused';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** A callback that does not prove who sent it. */
export class CallbackRefused extends Error {
  override readonly name = 'CallbackRefused';
}
