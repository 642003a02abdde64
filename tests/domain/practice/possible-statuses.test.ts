import { statusesOf } from '../../../src/domain/practice/possible-statuses';
import type { ProcedureRules } from '../../../src/domain/practice/rules';
import { STATUSES, type Status } from '../../../src/domain/practice/states';

const plain: ProcedureRules = {
  service: 'prova',
  version: 1,
  codePrefix: 'PRV',
  workflow: 'approval',
  registration: 'onSubmission',
  termDays: 30,
  integrationDays: 30,
  switches: { withdraw: true, integration: true, partialApproval: false, reopening: false, rejectionNotice: false },
};
const payment = { windowMinutes: 60, onExpiry: 'expired' } as const;
const everything: ProcedureRules = {
  ...plain,
  payment,
  releasePayment: { windowMinutes: 60, onExpiry: 'renewed' },
  switches: { withdraw: true, integration: true, partialApproval: true, reopening: true, rejectionNotice: true },
};
const withStamps = { atRequest: true, atRelease: true };

/** What a service lacks of all states. */
function lacks(rules: ProcedureRules, stamps = { atRequest: false, atRelease: false }): Status[] {
  const possible = statusesOf(rules, stamps);
  return STATUSES.filter((status) => !possible.includes(status));
}

test('a service that uses everything can have every state except the planning desk’s', () => {
  expect(lacks(everything, withStamps)).toEqual(['toAccept']);
});

test('at the planning desk a request is accepted and in charge at once, never merely registered', () => {
  expect(lacks({ ...everything, registration: 'onAcceptance' }, withStamps)).toEqual(['registered']);
});

test('what a service does not use is never reached', () => {
  expect(lacks(plain)).toEqual([
    'awaitingStamps',
    'awaitingPayment',
    'awaitingOutcome',
    'toAccept',
    'rejectionNoticed',
    'awaitingFinalStamps',
    'awaitingFinalPayment',
    'partiallyApproved',
  ]);
});

test.each<[string, Partial<ProcedureRules>, { atRequest: boolean; atRelease: boolean }, Status[]]>([
  ['a payment', { payment }, { atRequest: false, atRelease: false }, ['awaitingPayment', 'awaitingOutcome']],
  ['stamps at request', {}, { atRequest: true, atRelease: false }, ['awaitingStamps']],
  ['stamps at release', {}, { atRequest: false, atRelease: true }, ['awaitingFinalStamps']],
  [
    'a payment at release',
    { releasePayment: { windowMinutes: 60, onExpiry: 'renewed' } },
    { atRequest: false, atRelease: false },
    ['awaitingFinalPayment'],
  ],
  [
    'partial approval',
    { switches: { ...plain.switches, partialApproval: true } },
    { atRequest: false, atRelease: false },
    ['partiallyApproved'],
  ],
  [
    'a rejection notice',
    { switches: { ...plain.switches, rejectionNotice: true } },
    { atRequest: false, atRelease: false },
    ['rejectionNoticed'],
  ],
])('%s adds its own states and no other', (_what, change, stamps, added) => {
  const before = statusesOf(plain);
  expect(statusesOf({ ...plain, ...change }, stamps).filter((status) => !before.includes(status))).toEqual(added);
});

test('without a register nothing waits for a number', () => {
  const missing = lacks({ ...plain, registration: 'none' });
  expect(missing).toEqual(expect.arrayContaining(['registering', 'registered']));
});

test('without withdrawals and integrations their states are gone', () => {
  const switches = { ...plain.switches, withdraw: false, integration: false };
  const missing = lacks({ ...plain, switches });
  expect(missing).toEqual(
    expect.arrayContaining(['integrationRequested', 'awaitingIntegration', 'integrationReceived', 'withdrawn']),
  );
});

test('what is passed on is never decided', () => {
  expect(statusesOf({ ...plain, workflow: 'forward' })).toEqual([
    'draft',
    'submitted',
    'received',
    'registering',
    'registered',
    'inCharge',
    'withdrawn',
    'annulled',
    'expired',
  ]);
});

test('what is only paid ends when it has arrived', () => {
  expect(statusesOf({ ...plain, workflow: 'paymentOnly', registration: 'none', payment })).toEqual([
    'draft',
    'awaitingPayment',
    'awaitingOutcome',
    'submitted',
    'received',
    'withdrawn',
    'annulled',
    'expired',
  ]);
});

test('where phases decide, only what some phase may decide is an outcome', () => {
  const phases = [
    { key: 'a', label: 'A', next: ['b'], decisions: [] },
    { key: 'b', label: 'B', next: [], decisions: ['approved'] },
  ] as const;
  expect(lacks({ ...everything, phases }, withStamps)).toEqual(['toAccept', 'partiallyApproved', 'rejected']);
});
