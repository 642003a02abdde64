import { ACT_RULES, ACTS, type Act, ROLE_LABELS, ROLES, type Role, roleNames } from '../../../src/domain/practice/acts';

/** What each role may ever do, written from the manual: the rest also asks whose practice it is and who has it in charge. */
const APPLICANT: readonly Act[] = [
  ...(['createDraft', 'deleteDraft', 'submit', 'provideStamps', 'reportPayment', 'retryPayment'] as const),
  ...(['answerIntegration', 'submitObservations', 'withdraw'] as const),
];
const OPERATOR: readonly Act[] = [
  ...([
    'createDraft',
    'deleteDraft',
    'submit',
    'retryPayment',
    'recordCounterPayment',
    'accept',
    'takeCharge',
  ] as const),
  ...([
    'takeOver',
    'assign',
    'release',
    'setPriority',
    'changePhase',
    'communicateStart',
    'requestIntegration',
  ] as const),
  ...(['acceptMessages', 'cancelIntegration', 'noticeRejection', 'approve', 'approvePartially', 'reject'] as const),
  ...(['communicate', 'archive', 'reopen', 'retryRegistration'] as const),
];
const MAY: Readonly<Record<Role, readonly Act[]>> = {
  citizen: APPLICANT,
  professional: APPLICANT,
  delegate: APPLICANT,
  operator: OPERATOR,
  manager: [...OPERATOR, 'annul'],
  administrator: ['retryRegistration'],
  auditor: [],
  service: [],
};

test.each(ROLES)('a %s may do what belongs to the role, and nothing else', (role) => {
  const allowed = ACTS.filter((act) => ACT_RULES[act].roles.includes(role));
  expect([...allowed].sort()).toEqual([...MAY[role]].sort());
});

test('roles read in Italian, and a code that is not known reads as it is', () => {
  expect(roleNames('operator, manager')).toBe('operatore, responsabile');
  expect(roleNames('citizen, toString, guest')).toBe('cittadino, toString, guest');
  expect(Object.keys(ROLE_LABELS)).toEqual([...ROLES]);
});
