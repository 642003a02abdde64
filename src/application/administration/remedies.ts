/** What a flag or an operator task means and what to do about it, in plain English. */
export interface Remedy {
  readonly means: string;
  readonly remedy: string;
}

const REMEDIES: Readonly<Record<string, Remedy>> = {
  registrationUncertain: {
    means: 'a document was sent to the register and the answer was lost; the register offers no sure look-up',
    remedy:
      'look into the register for our reference; if it is not there, or when the number has been entered, let the ' +
      'registration be retried: an officer with "Riprova la protocollazione", or you with ' +
      '`iter practice retry <id> --as-administrator <username> --reason "…"`',
  },
  registrationRejected: {
    means: 'the register refused a document',
    remedy:
      'correct what the register complains about (see the error code below), then let it be retried: an officer with ' +
      '"Riprova la protocollazione", or you with `iter practice retry <id> --as-administrator <username> --reason "…"`',
  },
  paymentUnmatched: {
    means: 'money arrived that fits no open position',
    remedy: 'the accounting office gives it back; the practice is not moved by it',
  },
  positionRefused: {
    means: 'the payment gateway refused to open the position',
    remedy: 'correct the payer’s or the service’s data at the gateway; then the act retryPayment tries again',
  },
  deliveryFailed: {
    means: 'a message to the applicant was refused or could not be delivered for days',
    remedy: 'the office corrects the address and writes to the applicant in another way',
  },
  termPassed: {
    means: 'the term of the procedure has passed without an answer',
    remedy: 'the office decides at once; who answers for the delay is the responsible officer (L. 241/1990 art. 2)',
  },
  parked: {
    means: 'an error that no retry cures stopped the practice, or an administrator did; nothing is lost, acts wait',
    remedy:
      'remove the cause (see "parked" below and the worker’s log), then `iter practice retry <id>`; if it says ' +
      'ProjectionDiverged and PostgreSQL is right, `iter practice retry <id> --from-snapshot`',
  },
  engineMissing: {
    means: 'an act or a payment came for a practice whose workflow the engine does not have',
    remedy: '`iter practice retry <id>` for this one, `iter engine rebuild` for all',
  },
  strangeMessage: {
    means: 'a message came that the practice could not read or did not know; it was turned away and moved nothing',
    remedy:
      'find out who sends to the engine besides the worker (its name is in the detail), or which release did; the ' +
      'practice goes on by itself',
  },
};

const UNKNOWN: Remedy = {
  means: 'something that only a person can solve',
  remedy: 'read the task’s detail; the worker’s log has the practice’s id',
};

/** Meaning and remedy of a reason of attention or of an operator task. */
export function remedyOf(reason: string): Remedy {
  return REMEDIES[reason] ?? UNKNOWN;
}
