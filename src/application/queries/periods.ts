import type { Instant, LegalDate } from '../../domain/ids';
import { addDays, endOfRomeDay, romeDate, startOfRomeDay, weekday } from '../../domain/terms/rome';

/** Stretches of time that lists offer by name; weeks begin on Monday. */
export const PERIODS = ['today', 'yesterday', 'thisWeek', 'lastWeek', 'thisMonth', 'lastMonth'] as const;

export type Period = (typeof PERIODS)[number];

/** Calendar dates in Europe/Rome, both included; an end that is absent is open. */
export interface DateRange {
  readonly from?: LegalDate | undefined;
  readonly to?: LegalDate | undefined;
}

/** The dates of a named period, seen from an instant. */
export function datesOf(period: Period, now: Instant): Required<DateRange> {
  const today = romeDate(now);
  const monday = addDays(today, -((weekday(today) + 6) % 7));
  const first = firstOfMonth(today);
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'thisWeek':
      return { from: monday, to: addDays(monday, 6) };
    case 'lastWeek':
      return { from: addDays(monday, -7), to: addDays(monday, -1) };
    case 'thisMonth':
      return { from: first, to: addDays(firstOfNextMonth(today), -1) };
    case 'lastMonth':
      return { from: firstOfMonth(addDays(first, -1)), to: addDays(first, -1) };
  }
}

/** The range as instants: from the first one included to the last one excluded. */
export function instantsOf({ from, to }: DateRange): { readonly gte?: Instant; readonly lt?: Instant } {
  return { ...(from && { gte: startOfRomeDay(from) }), ...(to && { lt: endOfRomeDay(to) }) };
}

/** First day of the month of a date. */
export function firstOfMonth(date: LegalDate): LegalDate {
  return `${date.slice(0, 7)}-01` as LegalDate;
}

/** First day of the month after that of a date. */
export function firstOfNextMonth(date: LegalDate): LegalDate {
  // No month has more than 31 days, so this day lies in the next one.
  return firstOfMonth(addDays(firstOfMonth(date), 31));
}
