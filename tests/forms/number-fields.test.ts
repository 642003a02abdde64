import * as fc from 'fast-check';
import { checkAnswer } from '../../src/forms/check-content';
import { displayValue } from '../../src/forms/questions';
import { printedSeed } from '../domain/support';
import { question as questionOf, TODAY } from './support';

const metres = questionOf('number', { decimalLimit: 2 }, { min: 0.5, max: 1_000 });
const stamps = questionOf('number', { decimalLimit: 0 }, { min: 0, max: 1_000_000 });

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
  expect(checkAnswer(question, value, TODAY)).toEqual({ value });
});

test.each([
  ['zero where more is asked', metres, 0, 'tooSmall', '"Risposta" non può essere meno di 0,5.'],
  ['a negative number', metres, -12, 'tooSmall', '"Risposta" non può essere meno di 0,5.'],
  ['a negative number where zero is allowed', stamps, -1, 'tooSmall', '"Risposta" non può essere meno di 0.'],
  ['one above the last', metres, 1_000.01, 'tooLarge', '"Risposta" non può essere più di 1000.'],
  ['three decimals of two', metres, 1.005, 'decimals', '"Risposta" può avere al massimo 2 decimali.'],
  ['a sum that is not round', metres, 1.1 + 2.2, 'decimals', '"Risposta" può avere al massimo 2 decimali.'],
  ['a decimal of a whole number', stamps, 1.5, 'decimals', '"Risposta" va scritto senza decimali.'],
  ['Infinity', metres, Number.POSITIVE_INFINITY, 'number', '"Risposta" deve essere un numero, scritto con le cifre.'],
  [
    'minus Infinity',
    metres,
    Number.NEGATIVE_INFINITY,
    'number',
    '"Risposta" deve essere un numero, scritto con le cifre.',
  ],
  ['NaN', metres, Number.NaN, 'number', '"Risposta" deve essere un numero, scritto con le cifre.'],
  ['a text', metres, '12', 'number', '"Risposta" deve essere un numero, scritto con le cifre.'],
  ['an Italian text', metres, '12,50', 'number', '"Risposta" deve essere un numero, scritto con le cifre.'],
  ['a list', metres, [12], 'number', '"Risposta" deve essere un numero, scritto con le cifre.'],
  ['a truth', metres, true, 'number', '"Risposta" deve essere un numero, scritto con le cifre.'],
  [
    'an object that is a number',
    metres,
    { valueOf: 12 },
    'number',
    '"Risposta" deve essere un numero, scritto con le cifre.',
  ],
] as const)('%s is refused', (_what, question, value, rule, message) => {
  expect(checkAnswer(question, value, TODAY)).toEqual({ error: { rule, message } });
});

test('what a request carries beyond every number is no number', () => {
  expect(checkAnswer(metres, JSON.parse('1e999'), TODAY)).toEqual({
    error: { rule: 'number', message: '"Risposta" deve essere un numero, scritto con le cifre.' },
  });
});

test('every number of two decimals is accepted, and none of three', async () => {
  const question = questionOf('number', { decimalLimit: 2 }, { max: 1_000_000 });
  await fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), fc.integer({ min: 1, max: 9 }), (hundredths, thousandth) => {
      const value = Number((hundredths / 100).toFixed(2));
      expect(checkAnswer(question, value, TODAY)).toEqual({ value });
      expect(checkAnswer(question, Number(`${value.toFixed(2)}${thousandth}`), TODAY)).toHaveProperty(
        'error.rule',
        'decimals',
      );
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});

test('a number reads with a comma', () => {
  expect(displayValue(metres, 12.5)).toBe('12,5');
  expect(displayValue(stamps, 0)).toBe('0');
});
