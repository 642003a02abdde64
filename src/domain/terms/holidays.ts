import type { LegalDate } from '../ids';
import { addDays, weekday } from './rome';

/** National holidays on fixed days, with the year from which each counts (L. 260/1949 and later; 4 October: L. 151/2025). */
const FIXED: readonly { readonly day: string; readonly from: number }[] = [
  { day: '01-01', from: 1949 },
  { day: '01-06', from: 1986 },
  { day: '04-25', from: 1949 },
  { day: '05-01', from: 1949 },
  { day: '06-02', from: 2001 },
  { day: '08-15', from: 1949 },
  { day: '10-04', from: 2026 },
  { day: '11-01', from: 1949 },
  { day: '12-08', from: 1949 },
  { day: '12-25', from: 1949 },
  { day: '12-26', from: 1949 },
];

/** Easter Sunday of the Gregorian calendar (anonymous algorithm of 1876). */
export function easter(year: number): LegalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const day = ((h + l - 7 * m + 114) % 31) + 1;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as LegalDate;
}

/** True on Sundays and national holidays. Saturdays are ordinary days; the patron saint's day moves no term. */
export function isHoliday(date: LegalDate): boolean {
  if (weekday(date) === 0) return true;
  const year = Number(date.slice(0, 4));
  if (date === addDays(easter(year), 1)) return true;
  return FIXED.some((holiday) => holiday.day === date.slice(5) && year >= holiday.from);
}

/** A last day that falls on a holiday moves to the next ordinary day (art. 2963 c.c., art. 155 c.p.c.). */
export function moveFromHoliday(date: LegalDate): LegalDate {
  let moved = date;
  while (isHoliday(moved)) moved = addDays(moved, 1);
  return moved;
}
