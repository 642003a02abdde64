import { epochMs, type Instant } from '../../domain/ids';
import { romeOffset } from '../../domain/terms/rome';

/** A duration as people read it: `1.3 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Time of day in Europe/Rome: `11:05:09`. */
export function romeTime(at: string): string {
  const ms = epochMs(at as Instant);
  return new Date(ms + romeOffset(ms)).toISOString().slice(11, 19);
}

/** Date and time in Europe/Rome: `24/11/2026 11:05:09`. */
export function romeDateTime(at: string): string {
  const ms = epochMs(at as Instant);
  const local = new Date(ms + romeOffset(ms)).toISOString();
  return `${local.slice(0, 10).split('-').reverse().join('/')} ${local.slice(11, 19)}`;
}

/** Euros as people read them in English: `16.00 €`. */
export function euros(cents: number): string {
  return `${(cents / 100).toFixed(2)} €`;
}

/** A registration as offices write it: `0000012/2026`. */
export function registrationText(fact: { readonly number: string; readonly year: number } | null): string {
  return fact ? `${fact.number}/${fact.year}` : '';
}
