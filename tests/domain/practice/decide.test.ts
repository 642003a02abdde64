import { ACTS, type Act } from '../../../src/domain/practice/acts';
import type { CommandFacts } from '../../../src/domain/practice/command';
import { decide } from '../../../src/domain/practice/decide';
import type { EventType } from '../../../src/domain/practice/events';
import { freeRules } from '../support';
import { KINDS } from './kinds';
import { Life } from './life';
import { situation } from './state-table/situations';

/** From where, with which facts, what each act makes happen: type of event and what it says, in order. */
type Case = readonly [Life, CommandFacts, readonly (readonly [EventType, object])[]];

const at = (status: Parameters<typeof situation>[1]) => situation('approval, registered on submission', status);
const document = (ordinal: number) => ({ document: ordinal, command: 'command-x' });
const assignTo = { operator: 'person-b', office: 'office-2' };
const confirmed = { confirmedAt: '2026-03-03T08:00:00.000Z', receivedAt: '2026-03-03T08:00:00.000Z' };
const paid = { payment: 1, receipt: 'counter:command-x', paidAt: '2026-03-03T08:00:00.000Z', means: 'counter' };

const CASES: { readonly [A in Act]: Case } = {
  createDraft: [at('draft'), {}, [['draftCreated', {}]]],
  deleteDraft: [at('draft'), {}, [['draftDeleted', {}]]],
  submit: [at('draft'), { feeCents: 0, assignTo }, [['submitted', { submission: 1, ...confirmed, assignTo }]]],
  provideStamps: [
    at('awaitingStamps'),
    {},
    [
      ['stampsProvided', { phase: 'request', command: 'command-x' }],
      ['paymentRequested', { submission: 1, payment: 1, amountCents: 1600 }],
    ],
  ],
  reportPayment: [at('awaitingPayment'), {}, [['paymentReturned', { payment: 1 }]]],
  retryPayment: [at('awaitingPayment'), {}, [['attentionCleared', { reason: 'positionRefused' }]]],
  recordCounterPayment: [
    at('awaitingPayment'),
    {},
    [
      ['paymentReceived', paid],
      ['submitted', { submission: 1, ...confirmed }],
    ],
  ],
  accept: [
    situation('approval, registered on acceptance', 'toAccept'),
    { assignTo: { operator: 'person-b' } },
    [['accepted', { operator: 'person-b', command: 'command-x' }]],
  ],
  takeCharge: [at('registered'), {}, [['chargeTaken', { operator: 'person-colleague' }]]],
  takeOver: [at('inCharge'), {}, [['takenOver', { operator: 'person-colleague', from: 'person-officer' }]]],
  assign: [at('inCharge'), { assignTo }, [['assigned', assignTo]]],
  release: [at('inCharge'), {}, [['released', { from: 'person-colleague' }]]],
  setPriority: [at('inCharge'), { priority: 'low' }, [['prioritySet', { priority: 'low' }]]],
  changePhase: [at('inCharge'), { phase: 'review' }, [['phaseChanged', { to: 'review', command: 'command-x' }]]],
  communicateStart: [at('inCharge'), {}, [['startCommunicated', document(2)]]],
  requestIntegration: [at('inCharge'), {}, [['integrationRequested', { round: 1, ...document(2) }]]],
  answerIntegration: [at('awaitingIntegration'), {}, [['integrationAnswered', { round: 1, ...document(3) }]]],
  acceptMessages: [
    at('awaitingIntegration'),
    {},
    [['integrationAnswered', { round: 1, ...document(3), by: 'messages' }]],
  ],
  cancelIntegration: [at('awaitingIntegration'), {}, [['integrationCancelled', { round: 1 }]]],
  noticeRejection: [at('inCharge'), {}, [['rejectionNoticed', document(2)]]],
  submitObservations: [at('rejectionNoticed'), {}, [['observationsSubmitted', document(3)]]],
  approve: [
    at('inCharge'),
    { stamps: 1, feeCents: 5_000 },
    [['decided', { outcome: 'approved', ...document(2), stamps: 1, feeCents: 5_000 }]],
  ],
  approvePartially: [at('inCharge'), {}, [['decided', { outcome: 'partiallyApproved', ...document(2) }]]],
  reject: [
    at('inCharge'),
    { noticeWaived: 'otherLaw' },
    [['decided', { outcome: 'rejected', ...document(2), noticeWaived: 'otherLaw' }]],
  ],
  communicate: [at('inCharge'), { to: 'office' }, [['communicationSent', { ...document(2), to: 'office' }]]],
  withdraw: [at('registered'), {}, [['withdrawn', document(2)]]],
  archive: [at('inCharge'), {}, [['archived', document(2)]]],
  annul: [at('approved'), {}, [['annulled', document(3)]]],
  reopen: [at('rejected'), {}, [['reopened', { command: 'command-x' }]]],
  retryRegistration: [
    at('registering').raises('registrationUncertain').raises('deliveryFailed'),
    {},
    [['attentionCleared', { reason: 'registrationUncertain' }]],
  ],
};

test.each(ACTS)('%s makes happen what it says', (act) => {
  const [life, facts, expected] = CASES[act];
  const command = { ...life.command(act, 'colleague', facts), id: 'command-x' as never };
  const drafts = decide(life.state, command);
  expect(drafts.map(({ type, data }) => [type, data])).toEqual(expected);
  expect(drafts.map(({ at: instant }) => instant)).toEqual(drafts.map(() => command.receivedAt));
});

test('what a person did carries who did it; what follows from it does not', () => {
  const life = at('awaitingPayment');
  const drafts = decide(life.state, life.command('recordCounterPayment', 'colleague'));
  expect(drafts.map(({ type, actor }) => [type, actor?.id])).toEqual([
    ['paymentReceived', 'person-colleague'],
    ['submitted', undefined],
  ]);
});

test('an act on a payment that is not there makes nothing happen', () => {
  const life = new Life(freeRules());
  expect(decide(life.state, life.command('reportPayment', 'applicant'))).toEqual([]);
  expect(decide(life.state, life.command('recordCounterPayment', 'colleague'))).toEqual([]);
});

test('an act counts once in the version, also when it makes two things happen', () => {
  const life = new Life(KINDS['approval, registered on submission']).does('applicant', 'submit', { feeCents: 1600 });
  const { seq, actVersion } = life.state;
  life.does('colleague', 'recordCounterPayment');
  expect([life.state.seq - seq, life.state.actVersion - actVersion]).toEqual([2, 1]);
});
