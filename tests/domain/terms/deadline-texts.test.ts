import { DEADLINE_LABELS, type DeadlineKind, deadlineText } from '../../../src/domain/terms/practice-clock';
import { at } from '../support';

const midnight = at('2026-12-24T23:00:00.000Z');

test.each(['draftNotice', 'draft', 'integration', 'observations', 'term'] as const)(
  'the end of a %s is told as its last day, which still counts whole',
  (kind) => {
    expect(deadlineText({ kind, expiresAt: midnight })).toBe('24/12/2026 compreso');
  },
);

test.each(['payment', 'paymentOutcome'] as const)('the end of a %s is told to the minute', (kind) => {
  expect(deadlineText({ kind, expiresAt: midnight })).toBe('25/12/2026, 00:00');
});

test('every deadline has a name of its own', () => {
  const kinds: readonly DeadlineKind[] = [
    ...(['draftNotice', 'draft', 'payment', 'paymentOutcome', 'integration', 'observations', 'term'] as const),
  ];
  expect(Object.keys(DEADLINE_LABELS)).toEqual(kinds);
  expect(new Set(Object.values(DEADLINE_LABELS)).size).toBe(kinds.length);
});
