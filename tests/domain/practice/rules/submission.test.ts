import { KINDS } from '../kinds';
import { Life } from '../life';
import { situation } from '../state-table/situations';

const REGISTERED = 'approval, registered on submission';
const draft = () => new Life(KINDS[REGISTERED]);

test('stamps come before the payment and the payment before the arrival', () => {
  const life = draft().does('applicant', 'submit', { stamps: 2, feeCents: 1600 });
  expect([life.state.status, life.state.stamps]).toEqual(['awaitingStamps', 2]);
  life.does('applicant', 'provideStamps');
  expect([life.state.status, life.state.stamps]).toEqual(['awaitingPayment', undefined]);
  life.receives();
  expect(life.events.map(({ type }) => type)).toEqual([
    'draftCreated',
    'stampsRequested',
    'stampsProvided',
    'paymentRequested',
    'paymentReceived',
    'submitted',
  ]);
});

test('after the arrival the document is made, then it is received, then registered', () => {
  const life = draft().does('applicant', 'submit').works();
  expect(life.events.map(({ type }) => type)).toEqual([
    'draftCreated',
    'submitted',
    'documentReady',
    'registrationStarted',
    'requestRegistered',
  ]);
  expect(life.state.status).toBe('registered');
});

test('what needs stamps and no money has arrived when the stamps are there', () => {
  const life = draft().does('applicant', 'submit', { stamps: 1 }).waits(60).does('applicant', 'provideStamps');
  const { status, confirmedAt, receivedAt, payment } = life.state;
  expect({ status, confirmedAt, receivedAt, payment }).toEqual({
    status: 'submitted',
    confirmedAt: '2026-03-03T08:00:00.000Z',
    receivedAt: '2026-03-03T09:00:00.000Z',
    payment: undefined,
  });
});

test('a fee of 0 is exempt: the application has arrived when it is sent', () => {
  const { state } = draft().does('applicant', 'submit', { feeCents: 0 });
  expect([state.status, state.payment, state.receivedAt]).toEqual(['submitted', undefined, state.confirmedAt]);
});

test('the fee of the service is asked for where the act says nothing of it', () => {
  const rules = { ...KINDS[REGISTERED], payment: { amountCents: 1600, windowMinutes: 60, onExpiry: 'draft' as const } };
  expect(new Life(rules).does('applicant', 'submit').state.payment).toEqual({
    ordinal: 1,
    status: 'requested',
    requestedAt: '2026-03-03T08:00:00.000Z',
    amountCents: 1600,
  });
  expect(new Life(rules).does('applicant', 'submit', { feeCents: 0 }).state.payment).toBeUndefined();
});

test('what is paid for was confirmed with the click and has arrived with the money', () => {
  const life = draft().does('applicant', 'submit', { feeCents: 1600 }).waits(90);
  const { confirmedAt, receivedAt } = life.receives().state;
  expect([confirmedAt, receivedAt]).toEqual(['2026-03-03T08:00:00.000Z', '2026-03-03T09:30:00.000Z']);
});

test('what needs stamps and money was confirmed with the click, not with the stamps', () => {
  const life = draft().does('applicant', 'submit', { stamps: 1, feeCents: 1600 }).waits(30);
  const { confirmedAt, receivedAt } = life.does('applicant', 'provideStamps').waits(30).receives().state;
  expect([confirmedAt, receivedAt]).toEqual(['2026-03-03T08:00:00.000Z', '2026-03-03T09:00:00.000Z']);
});

test('the answer is due from the arrival, not from the click', () => {
  const life = draft().does('applicant', 'submit', { feeCents: 1600 });
  expect(life.clock.answerBy).toBeUndefined();
  expect(life.waitsDays(2).receives().clock.answerBy).toBe('2026-04-04');
});

test('an operator files for a citizen: both may send it, nobody else, and the money waits for the citizen', () => {
  const life = situation(REGISTERED, 'draft');
  expect(life.refuses('colleague', 'submit').code).toBe('NOT_APPLICANT');
  life.does('author', 'submit', { feeCents: 1600 });
  const { status, applicant, author } = life.state;
  expect({ status, applicant, author }).toEqual({
    status: 'awaitingPayment',
    applicant: 'person-applicant',
    author: 'person-author',
  });
});

test('each confirmation is counted, and so is each position', () => {
  const rules = { ...KINDS[REGISTERED], payment: { windowMinutes: 60, onExpiry: 'draft' as const } };
  const life = new Life(rules).does('applicant', 'submit', { feeCents: 1600 }).waits(61);
  expect(life.state.status).toBe('draft');
  life.does('applicant', 'submit', { feeCents: 1600 });
  expect([life.state.submission, life.state.payment?.ordinal]).toEqual([2, 2]);
});

describe('a draft that came back because nobody paid', () => {
  const rules = {
    ...KINDS[REGISTERED],
    draftDays: 10,
    payment: { windowMinutes: 3 * 24 * 60, onExpiry: 'draft' as const },
  };
  const back = () =>
    new Life(rules)
      .waitsDays(9)
      .does('applicant', 'submit', { stamps: 1, feeCents: 1600, assignTo: { office: 'office-1' } })
      .does('applicant', 'provideStamps')
      .waitsDays(3);

  test('is asked for no fee of the first time when it is exempt the second time', () => {
    const life = back().does('applicant', 'submit', { stamps: 1, feeCents: 0 }).does('applicant', 'provideStamps');
    expect([life.state.status, life.state.assignTo]).toEqual(['submitted', undefined]);
  });

  test('has its whole time again, and its expiry is announced again', () => {
    const life = back();
    const { deadlines } = life.clock;
    expect(deadlines).toEqual([
      { kind: 'draftNotice', expiresAt: '2026-03-22T23:00:00.000Z', follows: '2026-03-25T23:00:00.000Z' },
      { kind: 'draft', expiresAt: '2026-03-25T23:00:00.000Z' },
    ]);
    expect(life.events.filter(({ type }) => type === 'draftExpiryAnnounced')).toHaveLength(1);
  });
});
