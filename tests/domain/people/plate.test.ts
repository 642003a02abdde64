import * as fc from 'fast-check';
import { isPlate, normalizePlate } from '../../../src/domain/people/plate';
import { printedSeed } from '../support';

test.each([
  ['AB123CD', 'a car'],
  ['ZZ999ZZ', 'the last car'],
  ['AA00000', 'a motorcycle'],
  ['X2B3C4', 'a moped'],
])('%s is a plate: %s', (plate) => {
  expect(isPlate(plate)).toBe(true);
});

test.each([
  ['', 'nothing'],
  ['AB123C', 'a missing letter'],
  ['AB1234CD', 'a digit too many'],
  ['AI123CD', 'I, which looks like 1'],
  ['AO123CD', 'O, which looks like 0'],
  ['AQ123CD', 'Q'],
  ['AU123CD', 'U'],
  ['ab123cd', 'lower case, which must be normalised first'],
  ['AB123CD\n', 'a line end'],
  ['X01234', 'zero and one, which mopeds do not use'],
])('"%s" is none: %s', (plate) => {
  expect(isPlate(plate)).toBe(false);
});

test('people type spaces, dashes and lower case', () => {
  expect(normalizePlate(' ab-123 cd ')).toBe('AB123CD');
});

test('normalising twice changes nothing more', async () => {
  await fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = normalizePlate(text);
      expect(normalizePlate(once)).toBe(once);
    }),
    { seed: printedSeed() },
  );
});
