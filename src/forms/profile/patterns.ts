import { RE2JS } from 're2js';

/**
 * Patterns of forms come from administrators and meet values of anybody: they are matched in time proportional to the
 * value's length, whatever the pattern. Look-around and back-references do not exist in such a matcher.
 */
const compiled = new Map<string, RE2JS>();
const MOST_KEPT = 1_000;

/** Why a pattern can't be used, or undefined. */
export function patternTrouble(pattern: string): string | undefined {
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** True when the whole value matches. @throws when the pattern can't be used */
export function matches(pattern: string, value: string): boolean {
  return compile(pattern).matches(value);
}

function compile(pattern: string): RE2JS {
  const known = compiled.get(pattern);
  if (known) return known;
  const made = RE2JS.compile(pattern, RE2JS.DOTALL);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(pattern, made);
  return made;
}
