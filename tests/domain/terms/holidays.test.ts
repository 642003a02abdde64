import type { LegalDate } from '../../../src/domain/ids';
import { easter, isHoliday, moveFromHoliday } from '../../../src/domain/terms/holidays';
import { addDays, weekday } from '../../../src/domain/terms/rome';

const date = (text: string) => text as LegalDate;

test.each([
  '1818-03-22',
  '1943-04-25',
  '1996-04-07',
  '1997-03-30',
  '2000-04-23',
  '2008-03-23',
  '2011-04-24',
  '2016-03-27',
  '2019-04-21',
  '2020-04-12',
  '2021-04-04',
  '2022-04-17',
  '2023-04-09',
  '2024-03-31',
  '2025-04-20',
  '2026-04-05',
  '2027-03-28',
  '2028-04-16',
  '2029-04-01',
  '2030-04-21',
  '2038-04-25',
])('Easter was or will be on %s', (day) => {
  expect(easter(Number(day.slice(0, 4)))).toBe(day);
});

test('the holidays of 2026 that are no Sundays are these ten, Easter Monday among them', () => {
  const days = Array.from({ length: 365 }, (_none, index) => addDays(date('2026-01-01'), index));
  expect(days.filter((day) => isHoliday(day) && weekday(day) !== 0)).toEqual([
    '2026-01-01',
    '2026-01-06',
    '2026-04-06',
    '2026-04-25',
    '2026-05-01',
    '2026-06-02',
    '2026-08-15',
    '2026-12-08',
    '2026-12-25',
    '2026-12-26',
  ]);
});

test('4 October is a holiday from 2026 and was none before', () => {
  expect(['2023-10-04', '2024-10-04', '2025-10-04'].map((day) => isHoliday(date(day)))).toEqual([false, false, false]);
  // In 2026 it is a Sunday anyway: 2027 shows the rule.
  expect(['2026-10-04', '2027-10-04', '2030-10-04'].map((day) => isHoliday(date(day)))).toEqual([true, true, true]);
});

test('2 June is a holiday from 2001 and Epiphany from 1986', () => {
  expect(['2000-06-02', '2001-06-02', '1985-01-06', '1986-01-06'].map((day) => isHoliday(date(day)))).toEqual([
    false,
    true,
    true,
    true,
  ]);
  expect(isHoliday(date('1984-01-06'))).toBe(false);
});

test.each([
  ['a Saturday', '2026-11-28'],
  ['Christmas Eve', '2026-12-24'],
  ['New Year’s Eve', '2026-12-31'],
  ['All Souls', '2026-11-02'],
  ['Saint Ambrose, patron of Milan', '2026-12-07'],
  ['Saint John, patron of Florence', '2026-06-24'],
])('%s moves no term', (_name, day) => {
  expect(moveFromHoliday(date(day))).toBe(day);
});

test.each([
  ['a Sunday', '2026-08-02', '2026-08-03'],
  ['Easter, over Easter Monday', '2026-04-05', '2026-04-07'],
  ['Christmas, over Saint Stephen and a Sunday', '2026-12-25', '2026-12-28'],
  ['a Sunday before Saint Francis', '2027-10-03', '2027-10-05'],
  ['Assumption on a Saturday, over Sunday', '2026-08-15', '2026-08-17'],
  ['New Year', '2027-01-01', '2027-01-02'],
])('a term that ends on %s moves to the next ordinary day', (_name, day, moved) => {
  expect(moveFromHoliday(date(day))).toBe(moved);
});

test('a moved term ends on an ordinary day, never earlier and at most four days later', () => {
  for (let day = date('2000-01-01'); day < '2040-01-01'; day = addDays(day, 1)) {
    const moved = moveFromHoliday(day);
    if (moved < day || moved > addDays(day, 4) || isHoliday(moved)) throw new Error(`${day} moved to ${moved}`);
  }
});
