import { DOCUMENT_KINDS, directionOf } from '../../../src/domain/practice/documents';
import type { EventType } from '../../../src/domain/practice/events';
import { isTold, needsEvidence } from '../../../src/domain/practice/told';
import { fold } from '../support';
import { KINDS, PEOPLE } from './kinds';
import { Life } from './life';
import { situation } from './state-table/situations';

const REGISTERED = 'approval, registered on submission';

/** The events of a life that the applicant is told about, in order. */
function told(life: Life): EventType[] {
  let state = new Life(life.state.rules, life.state.author).state;
  const news: EventType[] = [];
  for (const event of life.events.slice(1)) {
    state = fold(state, event.cause, [event]).state;
    if (isTold(event, state)) news.push(event.type);
  }
  return news;
}

test('the receipt of the application is told when its PDF exists, and the number when it is there', () => {
  expect(told(situation(REGISTERED, 'registered'))).toEqual(['documentReady', 'requestRegistered']);
});

test('stamps and money that are asked for are told; money paid with the application is told by the receipt', () => {
  const life = new Life(KINDS[REGISTERED]).does('applicant', 'submit', { stamps: 1, feeCents: 1600 });
  expect(told(life.does('applicant', 'provideStamps').receives())).toEqual(['stampsRequested', 'paymentRequested']);
});

test('money paid before release is told, because no receipt of the application follows', () => {
  const life = situation(REGISTERED, 'awaitingFinalPayment').receives();
  expect(told(life).slice(-2)).toEqual(['paymentRequested', 'paymentReceived']);
});

test('a payment that failed or expired is told', () => {
  const life = situation(REGISTERED, 'awaitingPayment').does('applicant', 'reportPayment').waitsDays(3);
  expect(told(life)).toEqual(['paymentRequested', 'paymentFailed', 'paymentExpired']);
});

test('an integration request is told when it is registered, its answer too, and nothing of what lies between', () => {
  const life = situation(REGISTERED, 'integrationReceived').works();
  expect(told(life).slice(2)).toEqual(['chargeTaken', 'integrationRequestRegistered', 'integrationAnswerRegistered']);
});

test('an outcome is told when it is registered and not when it is decided', () => {
  expect(told(situation(REGISTERED, 'approved')).slice(2)).toEqual(['chargeTaken', 'outcomeRegistered']);
});

test('without registration every document is told when it is complete', () => {
  const life = situation('approval, nothing registered', 'awaitingIntegration').does('applicant', 'answerIntegration');
  life.works().does('holder', 'reject').works();
  expect(told(life)).toEqual(['documentReady', 'chargeTaken', 'documentFiled', 'documentFiled', 'documentFiled']);
});

test.each([
  ['communicateStart', 'startNotice'],
  ['communicate', 'communication'],
  ['noticeRejection', 'rejectionNotice'],
  ['archive', 'archiving'],
] as const)('%s is told once its document is registered', (act, kind) => {
  const life = situation(REGISTERED, 'inCharge').does('holder', act).works();
  expect([told(life).at(-1), life.state.documents.at(-1)?.kind]).toEqual(['documentRegistered', kind]);
});

test('who answers is told; an office alone, a priority and a release are inner matters', () => {
  const life = situation(REGISTERED, 'inCharge').does('colleague', 'takeOver');
  life.does('manager', 'assign', { assignTo: { operator: PEOPLE.holder.id } });
  life
    .does('manager', 'assign', { assignTo: { office: 'office-2' } })
    .does('manager', 'setPriority', { priority: 'high' });
  expect(told(life).slice(2)).toEqual(['chargeTaken', 'takenOver', 'assigned']);
});

test('a draft that will expire and one that has expired are told', () => {
  const life = new Life({ ...KINDS[REGISTERED], draftDays: 30 }).waitsDays(31);
  expect(told(life)).toEqual(['draftExpiryAnnounced', 'draftExpired']);
});

test.each([REGISTERED, 'approval, nothing registered'] as const)(
  'integration request, rejection notice and decision must provably reach the applicant: %s',
  (kind) => {
    const life = situation(kind, 'awaitingIntegration').does('holder', 'cancelIntegration');
    life.does('holder', 'communicate').works().does('holder', 'noticeRejection').works();
    life.does('applicant', 'submitObservations').works().does('holder', 'reject').works();
    const proven = life.events.flatMap((event) => needsEvidence(event, life.state) ?? []);
    expect(proven.map((ordinal) => life.state.documents[ordinal - 1]?.kind)).toEqual([
      'integrationRequest',
      'rejectionNotice',
      'decision',
    ]);
  },
);

test('documents are registered both ways: what comes from the applicant arrives, the rest leaves', () => {
  expect(DOCUMENT_KINDS.filter((kind) => directionOf(kind) === 'in')).toEqual([
    'request',
    'integrationAnswer',
    'observations',
    'withdrawal',
  ]);
});
