/** Without spaces, and without the country that some put before it. */
export function normalizeVatNumber(text: string): string {
  return text
    .replace(/[\s.]/g, '')
    .toUpperCase()
    .replace(/^IT(?=\d{11}$)/, '');
}

/**
 * True for a partita IVA, or the tax code of a body, which has the same form: eleven digits, of which the last is the
 * check digit of the others (DPR 605/1973, art. 2; the algorithm is Luhn's). Expects the normalised form.
 */
export function isVatNumber(text: string): boolean {
  if (!/^\d{11}$/.test(text) || /^0{11}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
