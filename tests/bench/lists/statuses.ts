import { statusesOfDefinition } from '../../../src/application/queries/service-statuses';
import type { ServiceDefinition } from '../../../src/application/services/definition';
import type { Status } from '../../../src/domain/practice/states';

type Weights = Readonly<Partial<Record<Status, number>>>;

/** How many of the open practices stand where, and how those end that have ended. */
const OPEN: Weights = {
  awaitingPayment: 5,
  awaitingStamps: 2,
  awaitingOutcome: 1,
  received: 2,
  registering: 1,
  toAccept: 25,
  registered: 22,
  inCharge: 45,
  integrationRequested: 2,
  awaitingIntegration: 12,
  integrationReceived: 5,
  rejectionNoticed: 3,
  deciding: 2,
  awaitingFinalPayment: 2,
  registeringOutcome: 1,
};
const ENDED: Weights = {
  approved: 74,
  partiallyApproved: 3,
  rejected: 9,
  withdrawn: 6,
  archived: 4,
  annulled: 1,
  expired: 3,
};
/** What is passed on, or only paid, ends in states that are on the way for others. */
const PASSED_ON = { open: { received: 5, registering: 2, registered: 93 }, ended: { inCharge: 97, withdrawn: 3 } };
const ONLY_PAID = { open: { awaitingPayment: 92, awaitingOutcome: 8 }, ended: { received: 92, expired: 8 } };

/** States with the upper bounds of their shares, from 0 to 1; the last has none. */
export interface Spread {
  readonly statuses: readonly Status[];
  readonly upto: readonly number[];
}

/** Where practices of a service stand while they are open and when they have ended. */
export function spreadsOf(definition: ServiceDefinition): { readonly open: Spread; readonly ended: Spread } {
  const { open, ended }: { readonly open: Weights; readonly ended: Weights } = {
    approval: { open: OPEN, ended: ENDED },
    forward: PASSED_ON,
    paymentOnly: ONLY_PAID,
  }[definition.workflow];
  const possible = statusesOfDefinition(definition).filter((status) => status !== 'draft');
  return { open: spread(possible, open), ended: spread(possible, ended) };
}

function spread(possible: readonly Status[], weights: Weights): Spread {
  const statuses = possible.filter((status) => weights[status] !== undefined);
  return { statuses, upto: upperBounds(statuses.map((status) => weights[status] ?? 0)) };
}

/** Upper bounds of shares, without the last, which is 1. */
export function upperBounds(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  return weights.slice(0, -1).map((weight) => {
    reached += weight / total;
    return reached;
  });
}
