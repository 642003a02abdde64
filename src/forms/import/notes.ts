import type { Proposal } from './proposal';

/** Something that can't be taken over as it is. */
export interface Refused {
  /** Where it stands in the given file: `components[0].columns[1].components[0].validate.custom`. */
  readonly path: string;
  readonly reason: string;
  /** How it begins. */
  readonly found: string;
  /** What may stand in its place; a person accepts it. */
  readonly proposal?: Proposal;
}

/** Notes of one import. */
export interface Notes {
  readonly accept: boolean;
  readonly refused: Refused[];
  readonly replaced: Refused[];
  readonly dropped: string[];
}

/** How a value begins, on one line. */
export function excerpt(value: unknown): string {
  const text = (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\s+/g, ' ').trim();
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}
