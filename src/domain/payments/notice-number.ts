/** Digits of an Italian payment notice and of its IUV (SACI 3.2): pure arithmetic on text, since 18 digits exceed a safe integer. */

/** The auxiliary digit chooses the composition of a notice number; only 3 may be issued today. */
const AUX_OF_NEW_NOTICES = '3';
const MODULUS = 93;
const NOTICE = /^[0-3]\d{17}$/;

/** What `buildNoticeNumber` gives: the number printed on the notice and the identifier used by the gateway. */
export interface NoticeNumber {
  /** 18 digits: auxiliary digit 3, segregation code, base, check digits. */
  readonly noticeNumber: string;
  /** 17 digits: the notice number without its auxiliary digit. */
  readonly iuv: string;
}

/** A part of a notice number that is not made of the digits it must have; correct the caller's data. */
export class NoticeNumberError extends Error {
  override readonly name = 'NoticeNumberError';
}

/** Remainder modulo 93 of a number given in decimal digits, digit by digit: any length, no big integers. */
function remainder(digits: string): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % MODULUS;
  return rest;
}

/** The two check digits, zero padded, of the digits that precede them (auxiliary digit included). */
export function checkDigits(prefix: string): string {
  if (!/^\d+$/.test(prefix)) throw new NoticeNumberError(`check digits need decimal digits, found "${prefix}"`);
  return String(remainder(prefix)).padStart(2, '0');
}

/**
 * Builds a notice number with auxiliary digit 3.
 * @param segregation two digits, the code assigned to the body's intermediary.
 * @param base thirteen digits, unique per creditor; the caller chooses and remembers it.
 * @throws NoticeNumberError when either has another form.
 */
export function buildNoticeNumber(segregation: string, base: string): NoticeNumber {
  if (!/^\d{2}$/.test(segregation)) {
    throw new NoticeNumberError(`the segregation code must be 2 digits, found "${segregation}"`);
  }
  if (!/^\d{13}$/.test(base)) throw new NoticeNumberError(`the base must be 13 digits, found "${base}"`);
  const prefix = `${AUX_OF_NEW_NOTICES}${segregation}${base}`;
  const noticeNumber = `${prefix}${checkDigits(prefix)}`;
  return { noticeNumber, iuv: noticeNumber.slice(1) };
}

/**
 * Whether a notice number is well formed: 18 digits, a known auxiliary digit and right check digits.
 * Numbers with auxiliary digit 1 carry no check digits, so that their form alone is verified.
 */
export function isNoticeNumber(candidate: string): boolean {
  if (!NOTICE.test(candidate)) return false;
  if (candidate.startsWith('1')) return true;
  return checkDigits(candidate.slice(0, 16)) === candidate.slice(16);
}

/**
 * The IUV contained in a notice number: 17 digits, or 15 for the legacy auxiliary digit 0, whose application code is
 * not part of it.
 * @throws NoticeNumberError when the number does not verify; never guess an IUV from it.
 */
export function iuvOfNotice(noticeNumber: string): string {
  if (!isNoticeNumber(noticeNumber)) throw new NoticeNumberError(`"${noticeNumber}" is not a notice number`);
  return noticeNumber.slice(noticeNumber.startsWith('0') ? 3 : 1);
}

/**
 * The notice number of a 17-digit IUV issued with auxiliary digit 3.
 * @throws NoticeNumberError when the IUV's check digits are wrong.
 */
export function noticeOfIuv(iuv: string): string {
  const noticeNumber = `${AUX_OF_NEW_NOTICES}${iuv}`;
  if (!isNoticeNumber(noticeNumber)) throw new NoticeNumberError(`"${iuv}" is not an IUV of 17 digits`);
  return noticeNumber;
}
