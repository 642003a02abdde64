import { datesOf, instantsOf, PERIODS } from '../../src/application/queries/periods';
import { asId, type Instant, type LegalDate } from '../../src/domain/ids';

const at = (text: string) => asId<Instant>(text);
const day = (text: string) => asId<LegalDate>(text);
const all = (now: string) => Object.fromEntries(PERIODS.map((period) => [period, datesOf(period, at(now))]));

test('named periods are whole days of Rome, and weeks begin on Monday', () => {
  // A Tuesday.
  expect(all('2026-11-24T10:00:00.000Z')).toEqual({
    today: { from: '2026-11-24', to: '2026-11-24' },
    yesterday: { from: '2026-11-23', to: '2026-11-23' },
    thisWeek: { from: '2026-11-23', to: '2026-11-29' },
    lastWeek: { from: '2026-11-16', to: '2026-11-22' },
    thisMonth: { from: '2026-11-01', to: '2026-11-30' },
    lastMonth: { from: '2026-10-01', to: '2026-10-31' },
  });
});

test('on a Sunday the week is the one that ends, and months cross the year', () => {
  expect(all('2026-01-04T12:00:00.000Z')).toEqual({
    today: { from: '2026-01-04', to: '2026-01-04' },
    yesterday: { from: '2026-01-03', to: '2026-01-03' },
    thisWeek: { from: '2025-12-29', to: '2026-01-04' },
    lastWeek: { from: '2025-12-22', to: '2025-12-28' },
    thisMonth: { from: '2026-01-01', to: '2026-01-31' },
    lastMonth: { from: '2025-12-01', to: '2025-12-31' },
  });
});

test('just before midnight of Rome it is still today, just after it is tomorrow', () => {
  expect(datesOf('today', at('2026-07-14T21:59:59.999Z')).from).toBe('2026-07-14');
  expect(datesOf('today', at('2026-07-14T22:00:00.000Z')).from).toBe('2026-07-15');
});

test('a range is from its first instant to that after its last, also when clocks change', () => {
  expect(instantsOf({ from: day('2026-10-25'), to: day('2026-10-25') })).toEqual({
    gte: '2026-10-24T22:00:00.000Z',
    lt: '2026-10-25T23:00:00.000Z',
  });
  expect(instantsOf({ from: day('2026-03-29') })).toEqual({ gte: '2026-03-28T23:00:00.000Z' });
  expect(instantsOf({ to: day('2026-03-29') })).toEqual({ lt: '2026-03-29T22:00:00.000Z' });
});
