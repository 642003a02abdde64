import * as fc from 'fast-check';
import { displayValue } from '../../src/forms/form';
import { checkField } from '../../src/forms/validate';
import { printedSeed } from '../domain/support';
import { field } from './support';

const metres = field('number', { min: 0.5, max: 1_000, decimals: 2 });
const stamps = field('number');

test.each([
  [metres, 0.5],
  [metres, 12.34],
  [metres, 1.15],
  [metres, 999.99],
  [metres, 1_000],
  [stamps, 0],
  [stamps, 3],
  [stamps, 1_000_000],
])('%# a number within its bounds is kept as it is', (question, value) => {
  expect(checkField(question, value)).toEqual({ value });
});

test.each([
  ['zero where more is asked', metres, 0, 'range', '"Risposta" deve essere tra 0.5 e 1000.'],
  ['a negative number', metres, -12, 'range', '"Risposta" deve essere tra 0.5 e 1000.'],
  ['a negative number where zero is allowed', stamps, -1, 'range', '"Risposta" deve essere tra 0 e 1000000.'],
  ['one above the last', metres, 1_000.01, 'range', '"Risposta" deve essere tra 0.5 e 1000.'],
  ['three decimals of two', metres, 1.005, 'decimals', '"Risposta" va scritto con al massimo 2 decimali.'],
  ['a sum that is not round', metres, 1.1 + 2.2, 'decimals', '"Risposta" va scritto con al massimo 2 decimali.'],
  ['a decimal of a whole number', stamps, 1.5, 'decimals', '"Risposta" va scritto senza decimali.'],
  ['Infinity', metres, Number.POSITIVE_INFINITY, 'number', '"Risposta" deve essere un numero.'],
  ['minus Infinity', metres, Number.NEGATIVE_INFINITY, 'number', '"Risposta" deve essere un numero.'],
  ['NaN', metres, Number.NaN, 'number', '"Risposta" deve essere un numero.'],
  ['a text', metres, '12', 'number', '"Risposta" deve essere un numero.'],
  ['an Italian text', metres, '12,50', 'number', '"Risposta" deve essere un numero.'],
  ['a list', metres, [12], 'number', '"Risposta" deve essere un numero.'],
  ['a truth', metres, true, 'number', '"Risposta" deve essere un numero.'],
  ['an object that is a number', metres, { valueOf: 12 }, 'number', '"Risposta" deve essere un numero.'],
] as const)('%s is refused', (_what, question, value, rule, message) => {
  expect(checkField(question, value)).toEqual({ error: { rule, message } });
});

test('what a request carries beyond every number is no number', () => {
  expect(checkField(metres, JSON.parse('1e999'))).toEqual({
    error: { rule: 'number', message: '"Risposta" deve essere un numero.' },
  });
});

test('every number of two decimals is accepted, and none of three', async () => {
  const question = field('number', { max: 1_000_000, decimals: 2 });
  await fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 1, max: 9 }), (hundredths, thousandth) => {
      const value = Number((hundredths / 100).toFixed(2));
      expect(checkField(question, value)).toEqual({ value });
      expect(checkField(question, Number(`${value.toFixed(2)}${thousandth}`))).toHaveProperty('error.rule', 'decimals');
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});

test('a number reads with a comma', () => {
  expect(displayValue(metres, 12.5)).toBe('12,5');
  expect(displayValue(stamps, 0)).toBe('0');
});
