import { epochMs, type Instant, type LegalDate } from '../../domain/ids';
import { euroText } from '../../domain/money/cents';
import { italianDate, romeDate, romeOffset } from '../../domain/terms/rome';
import { LANGUAGES, type Language } from '../services/definition';

const ENGLISH_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The language of a practice or account; Italian when it is none of ours. */
export function languageOf(code: string): Language {
  return LANGUAGES.find((language) => language === code) ?? 'it';
}

/** A calendar date as people read it: `24/11/2026`, `24.11.2026`, `24 November 2026`. */
export function dateText(date: LegalDate, language: Language): string {
  const [year, month, day] = date.split('-');
  if (language === 'de') return `${day}.${month}.${year}`;
  if (language === 'en') return `${Number(day)} ${ENGLISH_MONTHS[Number(month) - 1]} ${year}`;
  return italianDate(date);
}

/** Date and time of day in Europe/Rome as people read them. */
export function instantText(at: Instant, language: Language): string {
  const ms = epochMs(at);
  const time = new Date(ms + romeOffset(ms)).toISOString().slice(11, 16);
  return `${dateText(romeDate(at), language)}, ${time}`;
}

/** Integer cents as people read them: `16,00 €`, `€16.00`. */
export function amountText(cents: number, language: Language): string {
  if (language !== 'en') return euroText(cents);
  const euros = String(Math.floor(Math.abs(cents) / 100)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${cents < 0 ? '-' : ''}€${euros}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}
