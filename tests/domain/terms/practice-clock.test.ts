import * as fc from 'fast-check';
import { instant } from '../../../src/domain/ids';
import type { IntegrationRound, PracticeState } from '../../../src/domain/practice/state';
import { FINAL_STATUSES } from '../../../src/domain/practice/states';
import { isHoliday } from '../../../src/domain/terms/holidays';
import { evaluateClock, nearestDeadline } from '../../../src/domain/terms/practice-clock';
import { addDays, daysBetween, romeDate, romeText } from '../../../src/domain/terms/rome';
import { at, practiceIn, printedSeed, ztlRules } from '../support';

interface Case {
  readonly received: string;
  readonly termDays?: number;
  readonly integrationDays?: number;
  readonly status?: PracticeState['status'];
  readonly rounds?: readonly IntegrationRound[];
  readonly late?: boolean;
}

function clockOf({ received, termDays = 30, integrationDays = 30, status = 'inCharge', ...rest }: Case) {
  const rules = { ...ztlRules, termDays, integrationDays };
  return evaluateClock(practiceIn(status, { rules, receivedAt: at(received), ...rest }));
}

function round(openedAt: string, closedAt?: string, closedBy: 'answer' | 'lapse' = 'answer'): IntegrationRound {
  const opened = { round: 1, requestedAt: at(openedAt), openedAt: at(openedAt) };
  return closedAt ? { ...opened, closedAt: at(closedAt), closedBy } : opened;
}

describe('the day of arrival is not counted, the last one is', () => {
  test.each([
    // Days, arrival, last day, first instant after it.
    [30, '2026-05-12T08:00:00.000Z', '2026-06-11', '2026-06-11T22:00:00.000Z'],
    [30, '2026-07-03T08:00:00.000Z', '2026-08-03', '2026-08-03T22:00:00.000Z'],
    [30, '2026-10-19T08:00:00.000Z', '2026-11-18', '2026-11-18T23:00:00.000Z'],
    [60, '2026-09-21T08:00:00.000Z', '2026-11-20', '2026-11-20T23:00:00.000Z'],
    [30, '2026-12-09T09:00:00.000Z', '2027-01-08', '2027-01-08T23:00:00.000Z'],
    [20, '2026-12-18T09:00:00.000Z', '2027-01-07', '2027-01-07T23:00:00.000Z'],
    [30, '2026-06-15T08:00:00.000Z', '2026-07-15', '2026-07-15T22:00:00.000Z'],
  ])('%s days from %s end on %s', (termDays, received, answerBy, expiresAt) => {
    expect(clockOf({ received, termDays })).toEqual({
      deadlines: [{ kind: 'term', expiresAt }],
      suspended: false,
      answerBy,
    });
  });
});

test('an arrival after midnight in Rome counts from the new day, although in UTC it is yesterday', () => {
  expect(clockOf({ received: '2026-06-30T21:59:59.999Z' }).answerBy).toBe('2026-07-30');
  expect(clockOf({ received: '2026-06-30T22:00:00.000Z' }).answerBy).toBe('2026-07-31');
});

test('a last day on a Saturday stays, on a Sunday or a holiday moves', () => {
  expect(clockOf({ received: '2026-10-29T09:00:00.000Z' }).answerBy).toBe('2026-11-28');
  expect(clockOf({ received: '2026-10-30T09:00:00.000Z' }).answerBy).toBe('2026-11-30');
  expect(clockOf({ received: '2026-11-25T09:00:00.000Z' }).answerBy).toBe('2026-12-28');
});

describe('an integration request', () => {
  const received = '2026-09-08T08:00:00.000Z';
  const opened = '2026-09-15T08:00:00.000Z';

  test('suspends the term for at most thirty days', () => {
    expect(clockOf({ received, status: 'awaitingIntegration', rounds: [round(opened)] })).toEqual({
      deadlines: [{ kind: 'integration', expiresAt: '2026-10-15T22:00:00.000Z' }],
      suspended: true,
    });
  });

  test('gives back, once answered, the days that passed from request to answer', () => {
    const rounds = [round(opened, '2026-09-25T08:00:00.000Z')];
    expect(clockOf({ received, rounds })).toEqual({
      deadlines: [{ kind: 'term', expiresAt: '2026-10-19T22:00:00.000Z' }],
      suspended: false,
      answerBy: '2026-10-19',
    });
  });

  test('answered on the day it was made gives nothing back', () => {
    const rounds = [round(opened, '2026-09-15T20:00:00.000Z')];
    expect(clockOf({ received, rounds }).answerBy).toBe('2026-10-08');
  });

  test('never answered gives back thirty days and no more', () => {
    const rounds = [round('2026-06-18T08:00:00.000Z', '2026-07-18T22:00:00.000Z', 'lapse')];
    expect(clockOf({ received: '2026-06-08T08:00:00.000Z', rounds }).answerBy).toBe('2026-08-07');
  });

  test('with ten days to answer, never answered, gives back ten: the midnight of its end is no further day', () => {
    const shared = { received: '2026-10-12T08:00:00.000Z', integrationDays: 10 };
    const waiting = clockOf({
      ...shared,
      status: 'awaitingIntegration',
      rounds: [round('2026-10-19T08:00:00.000Z')],
    });
    expect(waiting.deadlines).toEqual([{ kind: 'integration', expiresAt: '2026-10-29T23:00:00.000Z' }]);
    const rounds = [round('2026-10-19T08:00:00.000Z', '2026-10-29T23:00:00.000Z', 'lapse')];
    expect(clockOf({ ...shared, rounds }).answerBy).toBe('2026-11-21');
  });

  test('asked for sixty days by a wrong definition is still capped at thirty', () => {
    const { deadlines } = clockOf({
      received,
      integrationDays: 60,
      status: 'awaitingIntegration',
      rounds: [round(opened)],
    });
    expect(deadlines).toEqual([{ kind: 'integration', expiresAt: '2026-10-15T22:00:00.000Z' }]);
  });

  test('does not suspend before it is registered and deposited', () => {
    const rounds = [{ round: 1, requestedAt: at(opened) }];
    expect(clockOf({ received, status: 'integrationRequested', rounds })).toEqual({
      deadlines: [{ kind: 'term', expiresAt: '2026-10-08T22:00:00.000Z' }],
      suspended: false,
      answerBy: '2026-10-08',
    });
  });

  test('made a second time has its own deadline and suspends nothing', () => {
    const rounds = [round(opened, '2026-09-25T08:00:00.000Z'), { ...round('2026-10-01T08:00:00.000Z'), round: 2 }];
    expect(clockOf({ received, status: 'awaitingIntegration', rounds })).toEqual({
      deadlines: [
        { kind: 'integration', expiresAt: '2026-10-31T23:00:00.000Z' },
        { kind: 'term', expiresAt: '2026-10-19T22:00:00.000Z' },
      ],
      suspended: false,
      answerBy: '2026-10-19',
    });
  });
});

test('a practice already late keeps its last day, and the day passes no second time', () => {
  expect(clockOf({ received: '2026-05-12T08:00:00.000Z', late: true })).toEqual({
    deadlines: [],
    suspended: false,
    answerBy: '2026-06-11',
  });
});

describe('a payment', () => {
  const payment = { ordinal: 1, status: 'requested' as const, requestedAt: at('2026-11-24T10:00:00.000Z') };

  test('is due when its window is over, to the minute, weekends and holidays included', () => {
    expect(evaluateClock(practiceIn('awaitingPayment', { payment }))).toEqual({
      deadlines: [{ kind: 'payment', expiresAt: '2026-11-27T10:00:00.000Z' }],
      suspended: false,
    });
  });

  test.each(['paid', 'expired'] as const)('that is %s is due no more', (status) => {
    const state = practiceIn('draft', { payment: { ...payment, status } });
    expect(evaluateClock(state)).toEqual({ deadlines: [], suspended: false });
  });
});

test('before submission no term runs', () => {
  expect(evaluateClock(practiceIn('draft'))).toEqual({ deadlines: [], suspended: false });
});

test.each(FINAL_STATUSES)('a practice that is %s waits for nothing', (status) => {
  const rounds = [round('2026-09-15T08:00:00.000Z')];
  expect(clockOf({ received: '2026-09-08T08:00:00.000Z', status, rounds })).toEqual({
    deadlines: [],
    suspended: false,
  });
});

test('the nearest deadline is the first in time, whatever the order', () => {
  const [term, payment, integration] = [
    { kind: 'term' as const, expiresAt: at('2026-12-01T23:00:00.000Z') },
    { kind: 'payment' as const, expiresAt: at('2026-11-27T10:00:00.000Z') },
    { kind: 'integration' as const, expiresAt: at('2026-11-30T23:00:00.000Z') },
  ];
  expect(nearestDeadline({ deadlines: [term, payment, integration], suspended: false })).toBe(payment);
  expect(nearestDeadline({ deadlines: [integration, term], suspended: false })).toBe(integration);
  expect(nearestDeadline({ deadlines: [], suspended: false })).toBeUndefined();
});

test('a term always ends at a midnight of Rome after an ordinary day, at most four days after its number of days', async () => {
  const arrivals = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2036, 11, 31) }).map(instant);
  await fc.assert(
    fc.property(arrivals, fc.integer({ min: 1, max: 365 }), (received, termDays) => {
      const { answerBy, deadlines } = clockOf({ received, termDays });
      if (!answerBy) throw new Error('no last day');
      expect(isHoliday(answerBy)).toBe(false);
      const days = daysBetween(romeDate(received), answerBy) - termDays;
      expect(days >= 0 && days <= 4).toBe(true);
      expect(deadlines.map(({ expiresAt }) => romeText(expiresAt))).toEqual([
        `${addDays(answerBy, 1).split('-').reverse().join('/')}, 00:00`,
      ]);
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});
