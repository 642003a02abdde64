import type { CommandFacts } from '../../../../src/domain/practice/command';
import type { Status } from '../../../../src/domain/practice/states';
import { KINDS, type Kind, PEOPLE } from '../kinds';
import { Life } from '../life';

export const FEE: CommandFacts = { feeCents: 1600 };
const FREE: CommandFacts = { feeCents: 0 };

/** A practice of this kind that has come to this status by acts, money and time, as far as it gets there at all. */
export function situation(kind: Kind, status: Status): Life {
  const rules = KINDS[kind];
  const { workflow, registration } = rules;
  const at = (before: Status) => situation(kind, before);
  switch (status) {
    case 'draft':
      return new Life(rules, PEOPLE.author.id);
    case 'awaitingStamps':
      return at('draft').does('applicant', 'submit', { ...FEE, stamps: 1 });
    case 'awaitingPayment':
      return at('draft').does('applicant', 'submit', FEE);
    case 'awaitingOutcome':
      return at('awaitingPayment').does('applicant', 'reportPayment');
    case 'submitted':
      return workflow === 'paymentOnly'
        ? at('awaitingPayment').receives()
        : at('draft').does('applicant', 'submit', FREE);
    case 'received':
    case 'toAccept':
      return at('submitted').step();
    case 'registering':
      return registration === 'onAcceptance' ? at('toAccept').does('holder', 'accept') : at('submitted').step();
    case 'registered':
      return at('registering').step();
    case 'inCharge':
      if (registration === 'onAcceptance') return at('registering').step();
      return at(registration === 'none' ? 'received' : 'registered').does('holder', 'takeCharge');
    case 'withdrawn':
      // What was exempt from payment may be withdrawn when the register is down.
      return at('draft').does('applicant', 'submit', FREE).waits(31).does('applicant', 'withdraw').works();
    case 'annulled':
      return at('submitted').does('manager', 'annul').works();
    case 'expired':
      return at('draft').does('author', 'deleteDraft');
    default:
      return afterCharge(at('inCharge'), at, status);
  }
}

/** What only an approval has. */
function afterCharge(life: Life, at: (before: Status) => Life, status: Status): Life {
  switch (status) {
    case 'integrationRequested':
      return life.does('holder', 'requestIntegration');
    case 'awaitingIntegration':
      return at('integrationRequested').works();
    case 'integrationReceived':
      return at('awaitingIntegration').does('applicant', 'answerIntegration');
    case 'rejectionNoticed':
      return life.does('holder', 'noticeRejection').works();
    case 'deciding':
      return life.does('holder', 'approve');
    case 'awaitingFinalStamps':
      return life.does('holder', 'approve', { stamps: 1, feeCents: 5_000 }).works();
    case 'awaitingFinalPayment':
      return life.does('holder', 'approve', { feeCents: 5_000 }).works();
    case 'registeringOutcome':
      return at('deciding').step();
    case 'approved':
      return at('deciding').works();
    case 'partiallyApproved':
      if (life.state.rules.phases) life.does('holder', 'changePhase', { phase: 'review' });
      return life.does('holder', 'approvePartially').works();
    case 'rejected':
      return life.does('holder', 'reject').works();
    case 'archived':
      return life.does('holder', 'archive').works();
    default:
      throw new Error(`no way leads to ${status}`);
  }
}
