import * as fc from 'fast-check';
import { centsOf, evaluateRule, holds, partsOf, type Rule, ruleSchema } from '../../src/forms/rule';
import { printedSeed } from '../domain/support';

const site = (squareMetres: unknown, more: object = {}) => ({ site: { squareMetres, ...more } });
const perMetre: Rule = { '*': [{ var: 'site.squareMetres' }, 150] };

describe('a fee by formula, in cents', () => {
  test.each([
    [10, 1500],
    [2.5, 375],
    // 1.15 × 150 is 172.49999999999997 to a machine.
    [1.15, 173],
    [0.01, 2],
    [0.33, 50],
    [666_666.66, 99_999_999],
  ])('%s square metres at 1,50 € make %s cents: halves go up', (metres, cents) => {
    expect(centsOf(perMetre, site(metres))).toBe(cents);
  });

  test('0 is exempt', () => {
    const rule: Rule = { if: [{ var: 'site.resident' }, 0, perMetre] };
    expect(centsOf(rule, site(10, { resident: true }))).toBe(0);
    expect(centsOf(rule, site(10, { resident: false }))).toBe(1500);
  });

  test('steps, minima and maxima are written with what rules are made of', () => {
    const rule: Rule = { max: [1_000, { min: [10_000, perMetre] }] };
    expect([1, 50, 1_000].map((metres) => centsOf(rule, site(metres)))).toEqual([1_000, 7_500, 10_000]);
  });

  test.each([
    ['negative', { '-': [0, { var: 'site.squareMetres' }] }, '-3'],
    ['a text', { var: 'site.name' }, 'Rossi'],
    ['nothing', { var: 'site.missing' }, 'null'],
    ['a truth', { '>': [{ var: 'site.squareMetres' }, 1] }, 'true'],
    ['beyond a million euros', { '*': [{ var: 'site.squareMetres' }, 1e8] }, '300000000'],
  ] satisfies [string, Rule, string][])('%s is a defect of the definition', (_what, rule, value) => {
    expect(() => centsOf(rule, site(3, { name: 'Rossi' }))).toThrow(
      new RangeError(`the formula of a fee gave ${value}`),
    );
  });

  test.each([
    ['a text that is multiplied', { '*': [{ var: 'site.name' }, 2] }, 'NaN'],
    ['a division by zero', { '/': [{ var: 'site.squareMetres' }, 0] }, 'NaN'],
    ['a maximum of nothing', { max: [{ var: 'site.missing' }, 1] }, '{"type":"Invalid Arguments"}'],
    ['an operator that is not known', { pow: [2, 3] }, '{"type":"Unknown Operator","key":"pow"}'],
  ] satisfies [string, Rule, string][])('%s cannot be computed, and nothing is guessed', (_what, rule, why) => {
    expect(() => centsOf(rule, site(3, { name: 'Rossi' }))).toThrow(
      new RangeError(`a rule could not be computed: ${why}`),
    );
  });

  test('whatever the measure, the fee is a whole number of cents within half a cent of the product', async () => {
    const hundredths = fc.integer({ min: 0, max: 66_000_000 });
    await fc.assert(
      fc.property(hundredths, fc.integer({ min: 1, max: 150 }), (measure, price) => {
        const cents = centsOf({ '*': [{ var: 'site.squareMetres' }, price] }, site(measure / 100));
        // Exact, because whole numbers are: halves up.
        expect(cents).toBe(Math.floor((2 * measure * price + 100) / 200));
      }),
      { seed: printedSeed(), numRuns: 2_000 },
    );
  });
});

describe('a rule', () => {
  test.each([
    [{ '==': [{ var: 'permit.reason' }, 'work'] }, true],
    [{ in: [{ var: 'permit.reason' }, ['work', 'care']] }, true],
    [{ '!': [{ var: 'permit.missing' }] }, true],
    [{ and: [true, { '<': [{ var: 'permit.from' }, '2026-12-01'] }] }, false],
    [false, false],
    ['', false],
  ] satisfies [Rule, boolean][])('%j is %s', (rule, expected) => {
    expect(holds(rule, { permit: { reason: 'work', from: '2026-12-24' } })).toBe(expected);
  });

  test('reads only what it names, and only what somebody wrote', () => {
    const content = JSON.parse('{"permit":{"__proto__":{"reason":"work"}}}');
    expect(evaluateRule({ var: 'permit.reason' }, content)).toBeNull();
    expect(evaluateRule({ var: 'permit.constructor' }, { permit: {} })).toBeNull();
    expect(evaluateRule({ var: 'permit' }, { permit: { reason: 'work' } })).toEqual({ reason: 'work' });
  });

  test('tells its parts: the fields it reads and the operators that are not ours', () => {
    const rule = { if: [{ var: ['a.b', 0] }, { pow: [{ var: 'c.d' }, 2] }, { '+': [{ var: 'e.f' }, 1] }] };
    expect(partsOf(rule)).toEqual({ variables: ['a.b', 'e.f'], unknown: ['pow'] });
    expect(partsOf(1600)).toEqual({ variables: [], unknown: [] });
  });

  test.each([[null], [undefined], [[1, 2]]])('%j is none', (value) => {
    expect(ruleSchema.safeParse(value).success).toBe(false);
  });
});
