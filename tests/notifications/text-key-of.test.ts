import { textKeyOf } from '../../src/application/notifications/text-key-of';
import { DOCUMENT_KINDS } from '../../src/domain/practice/documents';
import type { PracticeEvent } from '../../src/domain/practice/events';
import type { PracticeState } from '../../src/domain/practice/state';
import { isTold } from '../../src/domain/practice/told';

const state = (changes: object = {}) =>
  ({
    status: 'inCharge',
    rules: { registration: 'onSubmission' },
    payment: { ordinal: 1, phase: 'release' },
    documents: DOCUMENT_KINDS.map((kind, index) => ({ ordinal: index + 1, kind })),
    ...changes,
  }) as unknown as PracticeState;
const event = (type: string, data: object = {}) =>
  ({ type, seq: 7, at: '2026-11-24T10:00:00.000Z', cause: 'step:x', data }) as unknown as PracticeEvent;
const ordinalOf = (kind: string) => (DOCUMENT_KINDS as readonly string[]).indexOf(kind) + 1;

test.each([
  ['draftExpiryAnnounced', {}, 'draftExpiring'],
  ['draftExpired', {}, 'draftExpired'],
  ['stampsRequested', { phase: 'request' }, 'awaitingStamps'],
  ['stampsRequested', { phase: 'release' }, 'awaitingFinalStamps'],
  ['paymentRequested', {}, 'awaitingPayment'],
  ['paymentRequested', { phase: 'release' }, 'awaitingFinalPayment'],
  ['paymentFailed', {}, 'paymentFailed'],
  ['paymentReceived', { payment: 1 }, 'paymentReceived'],
  ['paymentExpired', { to: 'expired' }, 'paymentExpired'],
  ['paymentExpired', { to: 'draft' }, 'paymentExpired'],
  ['paymentExpired', { to: 'annulled' }, 'paymentExpired'],
  ['documentReady', { document: 1 }, 'submitted'],
  ['requestRegistered', { document: 1 }, 'registered'],
  ['chargeTaken', {}, 'inCharge'],
  ['assigned', { operator: 'o' }, 'inCharge'],
  ['takenOver', {}, 'inCharge'],
  ['phaseChanged', { to: 'x' }, 'phaseChanged'],
  ['integrationRequestRegistered', { document: 3 }, 'integrationRequested'],
  ['integrationAnswerRegistered', { document: 4 }, 'integrationReceived'],
  ['integrationCancelled', {}, 'integrationCancelled'],
  ['integrationLapsed', {}, 'integrationLapsed'],
  ['reopened', {}, 'reopened'],
])('%s %j is told as %s', (type, data, key) => {
  expect(textKeyOf(event(type, data), state())).toBe(key);
});

test.each([
  ['startNotice', 'startOfProcedure'],
  ['integrationRequest', 'integrationRequested'],
  ['integrationAnswer', 'integrationReceived'],
  ['rejectionNotice', 'rejectionNotice'],
  ['observations', 'observationsReceived'],
  ['communication', 'communication'],
  ['withdrawal', 'withdrawn'],
  ['archiving', 'archived'],
  ['annulment', 'annulled'],
])('a complete %s is told as %s, with a number or without', (kind, key) => {
  for (const type of ['documentRegistered', 'documentFiled']) {
    expect(textKeyOf(event(type, { document: ordinalOf(kind) }), state())).toBe(key);
  }
});

test.each(['approved', 'partiallyApproved', 'rejected'])('an outcome is told as the state it led to: %s', (status) => {
  const after = state({ status });
  expect(textKeyOf(event('outcomeRegistered', { document: 7, outcome: status }), after)).toBe(status);
  expect(textKeyOf(event('documentFiled', { document: ordinalOf('decision') }), after)).toBe(status);
});

test('an outcome whose practice was annulled meanwhile is told no more', () => {
  const annulled = state({ status: 'annulled' });
  expect(textKeyOf(event('outcomeRegistered', { document: 7, outcome: 'approved' }), annulled)).toBeUndefined();
});

test('where the desk accepts, the number comes with the acceptance', () => {
  const after = state({ rules: { registration: 'onAcceptance' } });
  expect(textKeyOf(event('requestRegistered', { document: 1 }), after)).toBe('accepted');
});

test('a payment that is asked for again is told once, by the reminder', () => {
  const expired = event('paymentExpired', { to: 'awaitingFinalPayment' });
  expect(isTold(expired, state())).toBe(true);
  expect(textKeyOf(expired, state())).toBeUndefined();
});

test.each([
  ['documentReady', { document: 2 }],
  ['documentRegistered', { document: 1 }],
  ['assigned', { office: 'o' }],
  ['prioritySet', { priority: 'high' }],
  ['decided', { document: 7, outcome: 'approved' }],
  ['released', {}],
  ['attentionRaised', { reason: 'termPassed' }],
  ['draftDeleted', {}],
])('nobody is written to because of %s %j', (type, data) => {
  expect(textKeyOf(event(type, data), state())).toBeUndefined();
});
