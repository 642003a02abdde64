import * as fc from 'fast-check';
import { checkCharacter, isTaxCode, normalizeTaxCode } from '../../../src/domain/people/tax-code';
import { printedSeed } from '../support';

const letters = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((list) => list.join(''));
const A_TO_Z = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';
const OMOCODIA = 'LMNPQRSTUV';
const day = fc
  .tuple(fc.integer({ min: 1, max: 31 }), fc.constantFrom(0, 40))
  .map(([of, woman]) => String(of + woman).padStart(2, '0'));
const first15 = fc
  .tuple(
    letters(A_TO_Z, 6),
    letters(DIGITS, 2),
    letters('ABCDEHLMPRST', 1),
    day,
    letters(A_TO_Z, 1),
    letters(DIGITS, 3),
  )
  .map((parts) => parts.join(''));
/** Places of the digits, which omocodia turns into letters from the last one on. */
const DIGIT_PLACES = [6, 7, 9, 10, 12, 13, 14];

function withLetters(code: string, places: readonly number[]): string {
  return [...code].map((char, index) => (places.includes(index) ? (OMOCODIA[Number(char)] ?? char) : char)).join('');
}

test.each(['RSSMRA85T10A562S', 'RSSMRA80A01H501U', 'BNCGLI85T50D612A'])('%s is a tax code', (code) => {
  expect(isTaxCode(code)).toBe(true);
});

test('the check character of two published codes is the one they carry', () => {
  expect(checkCharacter('RSSMRA85T10A562')).toBe('S');
  expect(checkCharacter('RSSMRA80A01H501')).toBe('U');
});

test.each([
  ['', 'nothing'],
  ['RSSMRA85T10A562', 'fifteen characters'],
  ['RSSMRA85T10A562SS', 'seventeen characters'],
  ['RSSMRA85T10A562T', 'a wrong check character'],
  ['RSSMRA85F10A562S', 'a month that does not exist'],
  ['RSSMRA8AT10A562S', 'a letter that replaces no digit'],
  ['rssmra85t10a562s', 'lower case, which must be normalised first'],
  ['RSSMRA85T10A562S\n', 'a line end'],
  ['12345678901', 'the number of a company'],
  ['RSSMRÀ85T10A562S', 'an accent'],
])('"%s" is none: %s', (code) => {
  expect(isTaxCode(code)).toBe(false);
});

test.each(['00', '32', '40', '72', '81', '99', 'LL', 'PN'])('nobody is born on day %s', (dayText) => {
  const code = `RSSMRA85T${dayText}A562`;
  expect(isTaxCode(code + checkCharacter(code))).toBe(false);
});

test.each(['01', '31', '41', '71', 'LM', 'PM', 'TM'])('somebody is born on day %s', (dayText) => {
  const code = `RSSMRA85T${dayText}A562`;
  expect(isTaxCode(code + checkCharacter(code))).toBe(true);
});

test('people type it in lower case, with spaces, even with a hard one', () => {
  expect(normalizeTaxCode(' rss mra 85t10\ta562s ')).toBe('RSSMRA85T10A562S');
  expect(normalizeTaxCode('RSSMRA\u00a085T10A562S')).toBe('RSSMRA85T10A562S');
});

test('every code with its check character is accepted, with any digits replaced by the letters of omocodia', async () => {
  await fc.assert(
    fc.property(first15, fc.subarray(DIGIT_PLACES), (code, places) => {
      const plain = withLetters(code, places);
      expect(isTaxCode(plain + checkCharacter(plain))).toBe(true);
    }),
    { seed: printedSeed(), numRuns: 1_000 },
  );
});

test('one changed character in an even place is always noticed', async () => {
  await fc.assert(
    fc.property(first15, fc.constantFrom(1, 3, 5), fc.constantFrom(...A_TO_Z), (code, place, letter) => {
      fc.pre(code[place] !== letter);
      const changed = code.slice(0, place) + letter + code.slice(place + 1);
      expect(isTaxCode(changed + checkCharacter(code))).toBe(false);
    }),
    { seed: printedSeed(), numRuns: 500 },
  );
});

test('normalising twice changes nothing more', async () => {
  await fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = normalizeTaxCode(text);
      expect(normalizeTaxCode(once)).toBe(once);
    }),
    { seed: printedSeed() },
  );
});
