import { ACT_RULES, ACTS, type Act } from './acts';
import { belongsToService } from './conditions';
import type { Outcome } from './events';
import type { ProcedureRules } from './rules';
import { STATUSES, type Status } from './states';
import { TRANSITIONS, type Transition, type Trigger } from './transitions';

/** Where a service asks for stamps; rules do not carry it because the engine is told with each act. */
export interface StampPlaces {
  readonly atRequest: boolean;
  readonly atRelease: boolean;
}

const NO_STAMPS: StampPlaces = { atRequest: false, atRelease: false };

/**
 * States in which a practice of a service can ever be, in the order of a life: those that the transition table reaches
 * from the draft through the acts and triggers which the service has. A list asked for any other state of that service
 * would be empty for ever, so it is refused instead.
 */
export function statusesOf(rules: ProcedureRules, stamps: StampPlaces = NO_STAMPS): readonly Status[] {
  const edges = (TRANSITIONS as readonly Transition[]).filter(({ on }) => uses(rules, on));
  const seen = new Set<Status>(['draft']);
  // A set that grows while it is walked: each new state is walked, too.
  for (const status of seen) {
    for (const { from, to } of edges) {
      if (!from.includes(status)) continue;
      for (const next of to) if (has(rules, stamps, next)) seen.add(next);
    }
  }
  return STATUSES.filter((status) => seen.has(status));
}

function uses(rules: ProcedureRules, trigger: Trigger): boolean {
  if (isAct(trigger)) {
    const { needs } = ACT_RULES[trigger];
    return belongsToService(trigger, rules) && (!needs || rules.switches[needs]);
  }
  // Nobody is in charge of what is only paid.
  return trigger !== 'automaticAssignment' || rules.workflow !== 'paymentOnly';
}

function isAct(trigger: Trigger): trigger is Act {
  return (ACTS as readonly string[]).includes(trigger);
}

function has(rules: ProcedureRules, stamps: StampPlaces, status: Status): boolean {
  switch (status) {
    case 'awaitingStamps':
      return stamps.atRequest;
    case 'awaitingPayment':
    case 'awaitingOutcome':
      return rules.payment !== undefined;
    case 'toAccept':
      return rules.registration === 'onAcceptance';
    case 'registering':
      return rules.registration !== 'none';
    case 'registered':
      // An accepted request is in charge as soon as it has its number.
      return rules.registration === 'onSubmission';
    case 'awaitingFinalStamps':
      return stamps.atRelease;
    case 'awaitingFinalPayment':
      return rules.releasePayment !== undefined;
    case 'approved':
    case 'rejected':
      return decides(rules, status);
    case 'partiallyApproved':
      return rules.switches.partialApproval && decides(rules, status);
    default:
      return true;
  }
}

/** Where a service has phases, only those that decide lead to an outcome. */
function decides({ phases }: ProcedureRules, outcome: Outcome): boolean {
  return !phases || phases.some(({ decisions }) => decisions.includes(outcome));
}
