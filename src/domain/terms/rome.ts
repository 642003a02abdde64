import { epochMs, type Instant, instant, type LegalDate } from '../ids';

/**
 * Europe/Rome by arithmetic: the rule of Directive 2000/84/EC (summer time from the last Sunday of March to the last
 * Sunday of October, both at 01:00 UTC) is written here as data, so that no host, Node version or time-zone file can
 * change a date of law. Valid from 1996.
 */
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Offset from UTC in force at an instant, in milliseconds. */
export function romeOffset(at: number): number {
  const year = new Date(at).getUTCFullYear();
  const inSummer = at >= lastSundayAtOne(year, 2) && at < lastSundayAtOne(year, 9);
  return inSummer ? 2 * HOUR : HOUR;
}

function lastSundayAtOne(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}

/** The calendar date in Europe/Rome of an instant. */
export function romeDate(at: Instant): LegalDate {
  const ms = epochMs(at);
  return new Date(ms + romeOffset(ms)).toISOString().slice(0, 10) as LegalDate;
}

/** Year of the calendar date in Europe/Rome: registers and practice codes restart with it. */
export function romeYear(at: Instant): number {
  return Number(romeDate(at).slice(0, 4));
}

/** First instant of a calendar date in Europe/Rome. */
export function startOfRomeDay(date: LegalDate): Instant {
  const midnightUtc = Date.parse(`${date}T00:00:00Z`);
  // Clocks never change at midnight, so the offset of the hour before is that of the day's first instant.
  return instant(midnightUtc - romeOffset(midnightUtc - 2 * HOUR));
}

/** The instant at which a term ending on `date` has expired: local midnight after that day. */
export function endOfRomeDay(date: LegalDate): Instant {
  return startOfRomeDay(addDays(date, 1));
}

/** Calendar arithmetic on dates, never on instants. */
export function addDays(date: LegalDate, days: number): LegalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10) as LegalDate;
}

/** Days from one date to another; negative when the second comes first. */
export function daysBetween(from: LegalDate, to: LegalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** Day of the week of a date: 0 is Sunday. */
export function weekday(date: LegalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** Date and time in Europe/Rome as Italians read them: `24/11/2026, 11:05`. */
export function romeText(at: Instant): string {
  const ms = epochMs(at);
  const local = new Date(ms + romeOffset(ms)).toISOString();
  return `${italianDate(local.slice(0, 10) as LegalDate)}, ${local.slice(11, 16)}`;
}

/** A date as Italians read it: `24/11/2026`. */
export function italianDate(date: LegalDate): string {
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}
