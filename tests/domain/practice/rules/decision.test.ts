import { STATUS_LABELS } from '../../../../src/domain/practice/states';
import { freeRules } from '../../support';
import { Life } from '../life';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const inCharge = () => situation(REGISTERED, 'inCharge');

test('the outcome is not revealed before its document is registered', () => {
  const life = inCharge().does('holder', 'approve');
  const labels = [STATUS_LABELS[life.state.status]];
  labels.push(STATUS_LABELS[life.step().state.status], STATUS_LABELS[life.step().state.status]);
  expect(labels).toEqual(['Elaborata', 'Elaborata', 'Accettata']);
});

test.each([
  ['approve', 'approved'],
  ['reject', 'rejected'],
] as const)('%s ends the practice as %s once its document has a number', (act, status) => {
  const life = inCharge().does('holder', act).works();
  expect(life.state).toMatchObject({ status, decision: { outcome: status, document: 2 } });
  expect(life.state.documents[1]).toMatchObject({ kind: 'decision', registration: { number: '0000002' } });
});

test('partial approval is off by default, and changes nothing in registration', () => {
  const off = new Life(freeRules()).does('applicant', 'submit').works().does('holder', 'takeCharge');
  expect(off.refuses('holder', 'approvePartially').code).toBe('ACT_DISABLED_BY_SERVICE');
  const on = inCharge().does('holder', 'changePhase', { phase: 'review' }).does('holder', 'approvePartially').works();
  expect(on.state).toMatchObject({ status: 'partiallyApproved', documents: [{}, { registration: {} }] });
});

test('a fee of 0 at the decision is exempt: approved at once', () => {
  const life = inCharge().does('holder', 'approve', { feeCents: 0, stamps: 0 });
  expect(life.state.decision).toEqual({ outcome: 'approved', document: 2 });
  expect(life.works().state).toMatchObject({ status: 'approved' });
  expect(life.state.payment).toBeUndefined();
});

test('stamps at release come before the payment, and the payment before the number', () => {
  const life = inCharge().does('holder', 'approve', { stamps: 2, feeCents: 5_000 });
  const { seq } = life.state;
  life.works();
  expect(life.state).toMatchObject({ status: 'awaitingFinalStamps', stamps: 2 });
  life.does('applicant', 'provideStamps');
  expect(life.state).toMatchObject({ status: 'awaitingFinalPayment', payment: { amountCents: 5_000 } });
  life.receives().works();
  expect(life.since(seq)).toEqual([
    'documentReady',
    'stampsRequested',
    'stampsProvided',
    'paymentRequested',
    'paymentReceived',
    'outcomeReleased',
    'outcomeRegistered',
  ]);
});

test('stamps alone release the decision', () => {
  const life = inCharge().does('holder', 'approve', { stamps: 1 }).works().does('applicant', 'provideStamps');
  expect(life.state.status).toBe('registeringOutcome');
});

test('without registration a decision is complete as soon as it is released', () => {
  const life = situation('approval, nothing registered', 'awaitingFinalStamps').does('applicant', 'provideStamps');
  const { seq } = life.state;
  expect(life.receives().since(seq)).toEqual(['paymentReceived', 'outcomeReleased', 'documentFiled']);
  expect(life.state.status).toBe('approved');
});

test.each(['approved', 'partiallyApproved', 'rejected'] as const)(
  'after the decision nothing changes: %s',
  (status) => {
    const life = situation(REGISTERED, status);
    for (const act of ['approve', 'reject', 'requestIntegration', 'release', 'archive', 'communicate'] as const) {
      expect(life.refuses('holder', act).code).toBe('PRACTICE_CLOSED');
    }
    expect(life.refuses('applicant', 'withdraw').code).toBe('PRACTICE_CLOSED');
    expect(life.clock).toEqual({ deadlines: [], suspended: false });
  },
);

describe('reopening', () => {
  test('is off by default', () => {
    const life = new Life(freeRules()).does('applicant', 'submit').works().does('holder', 'takeCharge');
    life.does('holder', 'reject').works();
    expect(life.refuses('holder', 'reopen').code).toBe('ACT_DISABLED_BY_SERVICE');
  });

  test('where a service allows it, the practice is in charge again of who had it, and has no term', () => {
    const life = situation(REGISTERED, 'rejected').does('manager', 'reopen');
    expect(life.state).toMatchObject({ status: 'inCharge', assignee: 'person-officer', reopened: true });
    expect(life.clock).toEqual({ deadlines: [], suspended: false });
  });

  test('leads to a second decision with a document of its own', () => {
    const life = situation(REGISTERED, 'rejected').does('manager', 'reopen').does('holder', 'approve').works();
    expect(life.state).toMatchObject({ status: 'approved', decision: { outcome: 'approved', document: 3 } });
  });

  test('brings no archived, annulled or expired practice back', () => {
    for (const status of ['archived', 'annulled', 'expired'] as const) {
      expect(situation(REGISTERED, status).refuses('manager', 'reopen').code).toBe('PRACTICE_CLOSED');
    }
  });
});

test('the term that passes makes the practice late, once, and leaves it in charge', () => {
  const life = inCharge().waitsDays(60);
  expect(life.state).toMatchObject({ status: 'inCharge', late: true, attention: ['termPassed'] });
  expect(life.events.filter(({ type }) => type === 'termPassed')).toHaveLength(1);
  expect(life.does('holder', 'approve').works().state.status).toBe('approved');
});

test('who has decided is late no more: no term runs while stamps and money are waited for', () => {
  expect(situation(REGISTERED, 'awaitingFinalStamps').clock.deadlines).toEqual([]);
  expect(situation(REGISTERED, 'deciding').clock.answerBy).toBeUndefined();
});
