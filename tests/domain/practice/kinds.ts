import type { Actor } from '../../../src/domain/practice/acts';
import type { ProcedureRules } from '../../../src/domain/practice/rules';
import { APPLICANT, freeRules } from '../support';

/** Who meets a practice: whose it is, who works on it, and who has no business with it. */
export const PEOPLE = {
  applicant: { id: APPLICANT, role: 'citizen' },
  /** The operator who opened the draft for the applicant. */
  author: { id: 'person-author', role: 'operator' },
  /** The operator who has it in charge, where somebody has. */
  holder: { id: 'person-officer', role: 'operator' },
  colleague: { id: 'person-colleague', role: 'operator' },
  manager: { id: 'person-manager', role: 'manager' },
  stranger: { id: 'person-stranger', role: 'citizen' },
  auditor: { id: 'person-auditor', role: 'auditor' },
} as const satisfies Record<string, Actor>;

export type Person = keyof typeof PEOPLE;

/** Everything that a service can allow, with fees that come with the act; so each refusal below has one reason. */
const everything: Partial<ProcedureRules> = {
  payment: { windowMinutes: 4_320, onExpiry: 'expired' },
  releasePayment: { windowMinutes: 43_200, onExpiry: 'renewed' },
  phases: [
    { key: 'preliminary', label: 'Preistruttoria', next: ['review'], decisions: ['approved', 'rejected'] },
    { key: 'review', label: 'Istruttoria', next: [], decisions: ['approved', 'partiallyApproved', 'rejected'] },
  ],
  switches: { withdraw: true, integration: true, partialApproval: true, reopening: true, rejectionNotice: true },
};
const { phases: _phases, ...withoutPhases } = everything;
const nobodyDecides: Partial<ProcedureRules> = {
  payment: { windowMinutes: 4_320, onExpiry: 'expired' },
  switches: { withdraw: true, integration: false, partialApproval: false, reopening: false, rejectionNotice: false },
};

/** The seven kinds of service. */
export const KINDS = {
  'approval, nothing registered': freeRules({ ...withoutPhases, registration: 'none' }),
  'approval, registered on submission': freeRules({ ...everything, registration: 'onSubmission' }),
  'approval, registered on acceptance': freeRules({ ...withoutPhases, registration: 'onAcceptance' }),
  'forward, nothing registered': freeRules({ ...nobodyDecides, workflow: 'forward', registration: 'none' }),
  'forward, registered on submission': freeRules({ ...nobodyDecides, workflow: 'forward' }),
  'payment only, nothing registered': freeRules({ ...nobodyDecides, workflow: 'paymentOnly', registration: 'none' }),
  'payment only, registered': freeRules({ ...nobodyDecides, workflow: 'paymentOnly' }),
} as const satisfies Record<string, ProcedureRules>;

export type Kind = keyof typeof KINDS;
