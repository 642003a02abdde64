import { onDeadline } from '../../../src/domain/practice/happenings';
import { at, freeRules, practiceIn, ztlRules } from '../support';

const expiresAt = at('2026-11-27T10:00:00.000Z');

test.each(['expired', 'draft'] as const)('nobody paid: the practice becomes %s, as its service says', (onExpiry) => {
  const state = practiceIn('awaitingPayment', {
    rules: { ...ztlRules, payment: { amountCents: 1600, windowMinutes: 10, onExpiry } },
    payment: { ordinal: 2, status: 'requested', requestedAt: at('2026-11-24T10:00:00.000Z') },
  });
  expect(onDeadline(state, { kind: 'payment', expiresAt })).toEqual([
    { type: 'paymentExpired', at: expiresAt, data: { payment: 2, to: onExpiry } },
  ]);
});

test('a payment deadline without a payment has no effect', () => {
  const state = practiceIn('draft', { rules: freeRules() });
  expect(onDeadline(state, { kind: 'payment', expiresAt })).toEqual([]);
});

test('nobody answered: the last round lapses and the office goes on', () => {
  const rounds = [1, 2].map((round) => ({ round, requestedAt: at('2026-11-01T10:00:00.000Z') }));
  expect(onDeadline(practiceIn('awaitingIntegration', { rounds }), { kind: 'integration', expiresAt })).toEqual([
    { type: 'integrationLapsed', at: expiresAt, data: { round: 2 } },
  ]);
});

test('the term passed: the practice is late and somebody is told', () => {
  expect(onDeadline(practiceIn('inCharge'), { kind: 'term', expiresAt })).toEqual([
    { type: 'termPassed', at: expiresAt, data: { expiresAt } },
    { type: 'attentionRaised', at: expiresAt, data: { reason: 'termPassed' } },
  ]);
});

test('an outcome that nobody told is a payment not made', () => {
  const payment = { ordinal: 2, status: 'requested' as const, requestedAt: at('2026-11-24T10:00:00.000Z') };
  const state = practiceIn('awaitingOutcome', { payment });
  expect(onDeadline(state, { kind: 'paymentOutcome', expiresAt })).toEqual([
    { type: 'paymentFailed', at: expiresAt, data: { payment: 2 } },
  ]);
  expect(onDeadline(practiceIn('draft'), { kind: 'paymentOutcome', expiresAt })).toEqual([]);
});

test.each([
  ['renewed', ['paymentExpired awaitingFinalPayment', 'paymentRequested 3']],
  ['annulled', ['paymentExpired annulled']],
] as const)('a payment before release that nobody made is %s, as its service says', (onExpiry, expected) => {
  const state = practiceIn('awaitingFinalPayment', {
    rules: { ...ztlRules, releasePayment: { windowMinutes: 60, onExpiry } },
    payment: { ordinal: 2, status: 'requested', requestedAt: expiresAt, amountCents: 5_000, phase: 'release' },
  });
  const told = onDeadline(state, { kind: 'payment', expiresAt }).map((draft) => {
    if (draft.type === 'paymentExpired') return `${draft.type} ${draft.data.to}`;
    return draft.type === 'paymentRequested' ? `${draft.type} ${draft.data.payment}` : draft.type;
  });
  expect(told).toEqual(expected);
});

test('the time for observations is over: the office goes on', () => {
  expect(onDeadline(practiceIn('rejectionNoticed'), { kind: 'observations', expiresAt })).toEqual([
    { type: 'observationsLapsed', at: expiresAt, data: {} },
  ]);
});

test('a draft is announced with the instant at which it expires, and then expires', () => {
  const follows = at('2026-11-30T23:00:00.000Z');
  expect(onDeadline(practiceIn('draft'), { kind: 'draftNotice', expiresAt, follows })).toEqual([
    { type: 'draftExpiryAnnounced', at: expiresAt, data: { expiresAt: follows } },
  ]);
  expect(onDeadline(practiceIn('draft'), { kind: 'draft', expiresAt })).toEqual([
    { type: 'draftExpired', at: expiresAt, data: { expiresAt } },
  ]);
});
