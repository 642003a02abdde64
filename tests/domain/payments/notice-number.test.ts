import * as fc from 'fast-check';
import {
  buildNoticeNumber,
  checkDigits,
  isNoticeNumber,
  iuvOfNotice,
  NoticeNumberError,
  noticeOfIuv,
} from '../../../src/domain/payments/notice-number';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((list) => list.join(''));

describe('published notice numbers verify and give their IUV', () => {
  test.each([
    ['348175498304559315', '48175498304559315'],
    ['347164993070184562', '47164993070184562'],
    ['302025180271322709', '02025180271322709'],
    ['002720356512737953', '720356512737953'],
    ['001340105455507221', '340105455507221'],
    ['310000000000090203', '10000000000090203'],
    ['002152784547130177', '152784547130177'],
    ['399000000000001976', '99000000000001976'],
    ['301000000000000144', '01000000000000144'],
    ['348000000000000063', '48000000000000063'],
    ['200000000000000103', '00000000000000103'],
  ])('%s → %s', (notice, iuv) => {
    expect(isNoticeNumber(notice)).toBe(true);
    expect(iuvOfNotice(notice)).toBe(iuv);
  });
});

test('an official example with wrong check digits (84 instead of 86) does not verify', () => {
  expect(checkDigits('3020123876543123')).toBe('86');
  expect(isNoticeNumber('302012387654312384')).toBe(false);
  expect(isNoticeNumber('302012387654312386')).toBe(true);
  expect(() => iuvOfNotice('302012387654312384')).toThrow(
    new NoticeNumberError('"302012387654312384" is not a notice number'),
  );
});

test('a notice with auxiliary digit 1 has no check digits: its form is enough', () => {
  expect(isNoticeNumber('112345678901234567')).toBe(true);
  expect(iuvOfNotice('112345678901234567')).toBe('12345678901234567');
});

test.each([
  '',
  '3',
  '3480000000000000630',
  '34800000000000006',
  '448000000000000063',
  '34800000000000006x',
  ' 48000000000000063',
])('"%s" is no notice number', (candidate) => {
  expect(isNoticeNumber(candidate)).toBe(false);
});

test.each([
  ['1', '0000000000001', 'the segregation code must be 2 digits, found "1"'],
  ['ab', '0000000000001', 'the segregation code must be 2 digits, found "ab"'],
  ['01', '1', 'the base must be 13 digits, found "1"'],
  ['01', '00000000000001', 'the base must be 13 digits, found "00000000000001"'],
])('segregation %s with base %s is refused', (segregation, base, message) => {
  expect(() => buildNoticeNumber(segregation, base)).toThrow(new NoticeNumberError(message));
});

test('check digits of something other than digits are refused', () => {
  expect(() => checkDigits('30x')).toThrow(new NoticeNumberError('check digits need decimal digits, found "30x"'));
});

test('every built number verifies, begins with its parts and goes back and forth to its IUV', async () => {
  await fc.assert(
    fc.property(digits(2), digits(13), (segregation, base) => {
      const { noticeNumber, iuv } = buildNoticeNumber(segregation, base);
      expect(noticeNumber).toMatch(new RegExp(`^3${segregation}${base}\\d{2}$`));
      expect(isNoticeNumber(noticeNumber)).toBe(true);
      expect(iuvOfNotice(noticeNumber)).toBe(iuv);
      expect(noticeOfIuv(iuv)).toBe(noticeNumber);
    }),
  );
});

test('the digit-by-digit remainder equals the one of big integers', async () => {
  await fc.assert(
    fc.property(digits(16), (prefix) => {
      expect(BigInt(checkDigits(prefix))).toBe(BigInt(prefix) % 93n);
    }),
  );
});

test('one changed digit after the first is always noticed', async () => {
  await fc.assert(
    fc.property(
      digits(2),
      digits(13),
      fc.integer({ min: 1, max: 17 }),
      fc.integer({ min: 1, max: 9 }),
      (segregation, base, position, shift) => {
        const { noticeNumber } = buildNoticeNumber(segregation, base);
        const changed = (Number(noticeNumber[position]) + shift) % 10;
        const wrong = `${noticeNumber.slice(0, position)}${changed}${noticeNumber.slice(position + 1)}`;
        expect(isNoticeNumber(wrong)).toBe(false);
      },
    ),
  );
});
