import { ACT_REFUSALS } from './refusals/acts';
import type { RefusalEntry, RefusalParams } from './refusals/entry';
import { REQUEST_REFUSALS } from './refusals/requests';

export type { RefusalParams } from './refusals/entry';

/**
 * The catalogue of everything that can be refused: stable code, HTTP class, whether repeating helps, and the Italian
 * sentence and remedy. `docs/errors.md` is generated from it. Inside the engine a refusal is only code and parameters;
 * the sentence is built where somebody reads it.
 */
export const REFUSALS = { ...ACT_REFUSALS, ...REQUEST_REFUSALS } satisfies Record<string, RefusalEntry>;

export type RefusalCode = keyof typeof REFUSALS;

/** What the engine answers when something may not be done: a code and its parameters, no text. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly params: RefusalParams;
}

/** Builds a refusal. */
export function refusal(code: RefusalCode, params: RefusalParams = {}): Refusal {
  return { code, params };
}

/** One wrong field: where it is, which rule it breaks, what to do. */
export interface FieldError {
  /** Dotted path in the request: `data.applicant.taxCode`. */
  readonly path: string;
  /** Stable rule name: `required`, `taxCode`, `tooLong` … */
  readonly rule: string;
  readonly message: string;
}

/** A refusal thrown by use cases; the API turns it into a problem document. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    readonly refusal: Refusal,
    readonly fields: readonly FieldError[] = [],
  ) {
    super(`${refusal.code}: ${REFUSALS[refusal.code].sentence(refusal.params)}`);
  }
}

/** Throws a refusal; `never` so that callers need no return after it. */
export function refuse(code: RefusalCode, params: RefusalParams = {}, fields: readonly FieldError[] = []): never {
  throw new RefusedError(refusal(code, params), fields);
}
