import { type FieldError, REFUSALS, type Refusal, type RefusalCode } from '../domain/errors';

/** RFC 9457 problem document, with our stable code, the remedy and the wrong fields. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: RefusalCode;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly errors?: readonly FieldError[];
  /** Facts of the refusal, for programs: state, versions, limits. */
  readonly params?: Refusal['params'];
}

export const PROBLEM_TYPE = 'application/problem+json';

/** The problem document of a refusal. `instance` is the id under which it stands in the log. */
export function problemOf(refusal: Refusal, instance: string, errors: readonly FieldError[] = []): Problem {
  const entry = REFUSALS[refusal.code];
  return {
    type: `https://iter.example/errors#${refusal.code}`,
    title: entry.title,
    status: entry.status,
    detail: entry.sentence(refusal.params),
    instance,
    code: refusal.code,
    remedy: entry.remedy(refusal.params),
    retryable: entry.retryable,
    ...(errors.length > 0 && { errors }),
    ...(Object.keys(refusal.params).length > 0 && { params: refusal.params }),
  };
}
