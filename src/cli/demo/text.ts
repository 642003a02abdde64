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

/** A registration as offices write it: `0000012/2026`. */
export function registrationText(fact: { readonly number: string; readonly year: number } | null): string {
  return fact ? `${fact.number}/${fact.year}` : '';
}
