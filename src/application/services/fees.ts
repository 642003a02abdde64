import type { Content } from '../../forms/profile/form';
import { centsOf, holds } from '../../forms/rule';
import type { ServiceDefinition } from './definition';

/** What an application costs when it is sent. */
export interface FeeAtRequest {
  /** Integer cents; 0: nothing to pay. */
  readonly feeCents: number;
  /** Why nothing is to be paid, when an exemption of the service applies. */
  readonly exemption: string | null;
  /** How many stamps (marche da bollo) are needed. */
  readonly stamps: number;
}

/** Fee and stamps of a checked content. @throws RangeError when the service's formula gives no amount. */
export function feeAtRequest(definition: ServiceDefinition, content: Content): FeeAtRequest {
  const { payment, stamps } = definition;
  const count = stamps?.atRequest?.count ?? 0;
  if (!payment) return { feeCents: 0, exemption: null, stamps: count };
  const exemption = payment.exemptions.find(({ when }) => holds(when, content))?.label ?? null;
  const feeCents = exemption === null ? amountOf(payment, content) : 0;
  return { feeCents, exemption, stamps: count };
}

/** What a decision releases against: the service's proposal, which the officer may change; 0 is exempt. */
export function feeAtRelease(
  definition: ServiceDefinition,
  content: Content,
  outcome: 'approved' | 'partiallyApproved' | 'rejected',
): { readonly feeCents: number; readonly stamps: number } {
  const { releasePayment, stamps } = definition;
  const asked = releasePayment?.on.includes(outcome) ? amountOf(releasePayment, content) : 0;
  return { feeCents: asked, stamps: outcome === 'rejected' ? 0 : (stamps?.atRelease?.count ?? 0) };
}

function amountOf(
  { amountCents, formula }: Pick<NonNullable<ServiceDefinition['payment']>, 'amountCents' | 'formula'>,
  content: Content,
): number {
  if (formula === undefined) return amountCents ?? 0;
  return centsOf(formula, content);
}
