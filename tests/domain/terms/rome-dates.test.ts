import * as fc from 'fast-check';
import { epochMs, instant, type LegalDate } from '../../../src/domain/ids';
import {
  addDays,
  daysBetween,
  endOfRomeDay,
  italianDate,
  romeDate,
  romeText,
  romeYear,
  startOfRomeDay,
  weekday,
} from '../../../src/domain/terms/rome';
import { at, printedSeed } from '../support';

const date = (text: string) => text as LegalDate;
const DAY = 86_400_000;
const dates = fc
  .integer({ min: Date.UTC(1996, 0, 1) / DAY, max: Date.UTC(2037, 11, 30) / DAY })
  .map((day) => date(new Date(day * DAY).toISOString().slice(0, 10)));
const instants = fc.integer({ min: Date.UTC(1996, 0, 2), max: Date.UTC(2037, 11, 30) }).map(instant);

test('a day starts and ends at midnight in Rome, in winter and in summer', () => {
  expect(startOfRomeDay(date('2026-01-15'))).toBe('2026-01-14T23:00:00.000Z');
  expect(endOfRomeDay(date('2026-01-15'))).toBe('2026-01-15T23:00:00.000Z');
  expect(startOfRomeDay(date('2026-07-15'))).toBe('2026-07-14T22:00:00.000Z');
  expect(endOfRomeDay(date('2026-07-15'))).toBe('2026-07-15T22:00:00.000Z');
});

test('the days on which clocks change have 23 and 25 hours', () => {
  const hours = (day: string) => (epochMs(endOfRomeDay(date(day))) - epochMs(startOfRomeDay(date(day)))) / 3_600_000;
  expect(['2026-03-28', '2026-03-29', '2026-03-30'].map(hours)).toEqual([24, 23, 24]);
  expect(['2026-10-24', '2026-10-25', '2026-10-26'].map(hours)).toEqual([24, 25, 24]);
});

test('after eleven in the evening UTC it is already tomorrow, and next year, in Rome', () => {
  expect(romeDate(at('2026-12-31T22:59:59.999Z'))).toBe('2026-12-31');
  expect(romeDate(at('2026-12-31T23:00:00.000Z'))).toBe('2027-01-01');
  expect([romeYear(at('2026-12-31T22:59:59.999Z')), romeYear(at('2026-12-31T23:00:00.000Z'))]).toEqual([2026, 2027]);
  expect(romeText(at('2026-12-31T23:30:00.000Z'))).toBe('01/01/2027, 00:30');
});

test('the first instant of a date is on that date, and the one before is not', async () => {
  await fc.assert(
    fc.property(dates, (day) => {
      const start = epochMs(startOfRomeDay(day));
      expect(romeDate(instant(start))).toBe(day);
      expect(romeDate(instant(start - 1))).toBe(addDays(day, -1));
      expect(startOfRomeDay(addDays(day, 1))).toBe(endOfRomeDay(day));
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});

test('every instant lies in the day of its own date', async () => {
  await fc.assert(
    fc.property(instants, (moment) => {
      const day = romeDate(moment);
      expect(startOfRomeDay(day) <= moment && moment < endOfRomeDay(day)).toBe(true);
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});

test('adding days and counting them are inverse, across months, leap days and changes of the clock', async () => {
  await fc.assert(
    fc.property(dates, fc.integer({ min: -1_000, max: 1_000 }), (day, days) => {
      expect(daysBetween(day, addDays(day, days))).toBe(days);
      expect(addDays(addDays(day, days), -days)).toBe(day);
      expect(weekday(addDays(day, 7))).toBe(weekday(day));
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});

test('leap days are counted', () => {
  expect(addDays(date('2028-02-28'), 1)).toBe('2028-02-29');
  expect(addDays(date('2027-02-28'), 1)).toBe('2027-03-01');
  expect(daysBetween(date('2028-01-01'), date('2029-01-01'))).toBe(366);
});

test('Sunday is day zero and dates read as Italians write them', () => {
  expect(['2026-11-22', '2026-11-24', '2026-11-28'].map((day) => weekday(date(day)))).toEqual([0, 2, 6]);
  expect(italianDate(date('2026-11-04'))).toBe('04/11/2026');
});
