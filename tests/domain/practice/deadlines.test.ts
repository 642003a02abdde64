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
