import { randomInt } from 'node:crypto';

/** An electronic stamp (marca da bollo) that nobody has used yet: fourteen digits. */
export function newStamp(): { readonly number: string } {
  return { number: Array.from({ length: 14 }, () => randomInt(10)).join('') };
}
