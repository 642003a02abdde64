import * as fc from 'fast-check';
import { euroText } from '../../src/domain/money/cents';
import { printedSeed } from './support';

test.each([
  [0, '0,00 €'],
  [1, '0,01 €'],
  [10, '0,10 €'],
  [1600, '16,00 €'],
  [99_999, '999,99 €'],
  [100_000, '1.000,00 €'],
  [99_999_999, '999.999,99 €'],
  [123_456_789_01, '123.456.789,01 €'],
  [-1, '-0,01 €'],
  [-160_050, '-1.600,50 €'],
])('%s cents read %s', (cents, text) => {
  expect(euroText(cents)).toBe(text);
});

test('whatever is written reads back as the same cents', async () => {
  await fc.assert(
    fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), (cents) => {
      expect(Number(euroText(cents).replace(/[^\d-]/g, '')) + 0).toBe(cents);
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});
