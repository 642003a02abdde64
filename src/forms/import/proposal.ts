import { patternTrouble } from '../profile/patterns';
import { isLogic, type Logic, outcomeOf, Untranslatable } from './script';

/** What may stand in the place of a script: attributes of the question, and of its `validate`. */
export interface Proposal {
  /** What it comes to, for whoever decides. */
  readonly note: string;
  readonly set: Readonly<Record<string, unknown>>;
  readonly validate: Readonly<Record<string, unknown>>;
}

export type ScriptKind = 'validate' | 'calculate' | 'show';

/** The question that a script belongs to. */
export interface Owner {
  readonly key: string;
  readonly type: string;
  readonly inputMask: string | undefined;
}

const OUTSIDE = /\b(XMLHttpRequest|fetch|document|window|jQuery|localStorage|\$)\s*[.(]|new\s+XMLHttpRequest/;
const DAY_CHECK = /\bmoment\s*\(/;

/**
 * What a script may be replaced by, or why nothing can be proposed. Only read, never run. The proposal is for a person to
 * accept: comparisons of scripts and of JsonLogic differ where values are missing.
 */
export function propose(kind: ScriptKind, script: string, owner: Owner): Proposal | { readonly why: string } {
  if (OUTSIDE.test(script)) {
    return leaveOut(
      'it reaches outside of the form (network or page): leave it out; what is known of people is filled in by the service',
    );
  }
  if (kind === 'validate' && DAY_CHECK.test(script) && owner.inputMask === '99/99/9999') {
    const note = 'it checks a date: the question becomes a date, judged as a day of birth from 1900 to today';
    return { note, set: { type: 'day' }, validate: { plugins: ['birthDate'] } };
  }
  try {
    switch (kind) {
      case 'validate':
        return ofChecks(outcomeOf(script, 'valid', true));
      case 'calculate':
        return ofCalculation(outcomeOf(script, 'value', { var: 'value' }), owner);
      case 'show':
        return {
          note: 'the same condition as JsonLogic',
          set: { conditional: { json: pure(outcomeOf(script, 'show', true)) } },
          validate: {},
        };
    }
  } catch (error) {
    if (error instanceof Untranslatable) return { why: error.message };
    throw error;
  }
}

function leaveOut(note: string): Proposal {
  return { note, set: {}, validate: {} };
}

/** One check of a script: when it fails, and what it says then. */
interface Check {
  readonly failsWhen: Logic;
  readonly message: string | undefined;
}

function ofChecks(valid: Logic): Proposal {
  const validate: Record<string, unknown> = {};
  const notes: string[] = [];
  const rest: Check[] = [];
  for (const check of checksOf(valid)) {
    const known = limitOf(check.failsWhen) ?? patternOf(check.failsWhen);
    if (!known) {
      rest.push(check);
      continue;
    }
    Object.assign(validate, known);
    notes.push(...Object.keys(known));
    if (check.message && 'pattern' in known) validate['customMessage'] = check.message;
  }
  if (rest.length > 0) {
    validate['json'] = { if: [...rest.flatMap(({ failsWhen, message }) => [pure(failsWhen), message ?? false]), true] };
    notes.push('json');
  }
  return { note: `the same check as validate.${notes.join(', validate.')}`, set: {}, validate };
}

/** The checks that a nest of branches makes, the last one that is assigned first. */
function checksOf(valid: Logic): Check[] {
  const branches = isLogic(valid, 'if');
  if (!Array.isArray(branches)) {
    if (valid === true) return [];
    throw new Untranslatable('it does not say when the value is wrong');
  }
  const [test, yes, no] = branches as [Logic, Logic, Logic];
  if (isFailure(yes)) return [{ failsWhen: test, message: messageOf(yes) }, ...checksOf(no)];
  if (isFailure(no)) return [{ failsWhen: negated(test), message: messageOf(no) }, ...checksOf(yes)];
  // Both ways go on: each check counts only on its way.
  return [...guarded(test, checksOf(yes)), ...guarded(negated(test), checksOf(no))];
}

function guarded(test: Logic, checks: readonly Check[]): Check[] {
  return checks.map(({ failsWhen, message }) => ({ failsWhen: { and: [test, failsWhen] }, message }));
}

function isFailure(logic: Logic): boolean {
  return logic === false || typeof logic === 'string';
}

function messageOf(logic: Logic): string | undefined {
  return typeof logic === 'string' && logic !== '' ? logic : undefined;
}

function negated(logic: Logic): Logic {
  const inner = isLogic(logic, '!');
  return Array.isArray(inner) ? inner[0] : { '!': [logic] };
}

/** `input.length > 100`, also after `input &&`. */
function limitOf(failsWhen: Logic): Record<string, unknown> | undefined {
  const [compared] = withoutPresence(failsWhen);
  for (const [operator, name, by] of [
    ['>', 'maxLength', 0],
    ['>=', 'maxLength', -1],
    ['<', 'minLength', 0],
    ['<=', 'minLength', 1],
  ] as const) {
    const operands = isLogic(compared, operator);
    if (!Array.isArray(operands)) continue;
    const [left, right] = operands;
    const measured = isLogic(left, 'length');
    if (Array.isArray(measured) && isValue(measured[0]) && typeof right === 'number') return { [name]: right + by };
  }
  return undefined;
}

/** `!input.match('^[0-9]{5}$|^$')`: an empty value is never asked whether it matches. */
function patternOf(failsWhen: Logic): Record<string, unknown> | undefined {
  const [test] = withoutPresence(failsWhen);
  const matched = isLogic(isLogic(test, '!'), '0') ?? isLogic(test, '!');
  const operands = isLogic(Array.isArray(matched) ? matched[0] : matched, 'match');
  if (!Array.isArray(operands) || !isValue(operands[0])) return undefined;
  const written = String(operands[1]).replace(/\|\^\$$/, '');
  const whole = written.startsWith('^') && written.endsWith('$');
  const pattern = whole ? written.slice(1, -1) : `.*(?:${written}).*`;
  const trouble = patternTrouble(pattern);
  if (trouble) throw new Untranslatable(`its pattern can't be used: ${trouble}`);
  return { pattern };
}

/** What is left of `input && …`. */
function withoutPresence(logic: Logic): Logic[] {
  const parts = isLogic(logic, 'and');
  if (!Array.isArray(parts)) return [logic];
  const left = parts.filter((part) => !isValue(part));
  return left.length === 1 ? [...withoutPresence(left[0])] : [logic];
}

function isValue(logic: Logic): boolean {
  return isLogic(logic, 'var') === 'value';
}

function ofCalculation(value: Logic, owner: Owner): Proposal {
  if (isUpper(value, owner.key)) {
    return { note: 'case: uppercase does the same', set: { case: 'uppercase' }, validate: {} };
  }
  return { note: 'the same value as JsonLogic', set: { calculateValue: pure(value) }, validate: {} };
}

/** The question's own value in capitals, whatever is asked before of it being there. */
function isUpper(logic: Logic, key: string): boolean {
  const branches = isLogic(logic, 'if');
  if (Array.isArray(branches)) return isUpper(branches[1], key) && (branches[2] === null || branches[2] === '');
  const operands = isLogic(logic, 'upper');
  const variable = Array.isArray(operands) ? isLogic(operands[0], 'var') : undefined;
  return variable === 'value' || variable === `data.${key}` || variable === `row.${key}`;
}

/** The expression, when it is JsonLogic and nothing else. */
function pure(logic: Logic): Logic {
  if (Array.isArray(logic)) return logic.map(pure);
  if (logic === null || typeof logic !== 'object') return logic;
  return Object.fromEntries(
    Object.entries(logic).map(([operator, operand]) => {
      if (operator === 'length' || operator === 'match' || operator === 'upper' || operator === 'regex') {
        throw new Untranslatable(`JsonLogic has nothing for ${operator === 'upper' ? 'toUpperCase()' : operator}`);
      }
      if (operator === 'var' && (operand === 'data' || operand === 'row')) {
        throw new Untranslatable(`it takes ${operand} as a whole`);
      }
      return [operator, pure(operand)];
    }),
  );
}
