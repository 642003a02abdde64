/**
 * Codice fiscale of natural persons (DM 23 December 1976): form, check character, and the letters that replace digits
 * when two persons would share one (omocodia).
 */
const FORM = /^[A-Z]{6}[0-9LMNPQRSTUV]{2}[ABCDEHLMPRST][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]$/;

/** Letters that replace the digits 0 to 9 in case of omocodia. */
const OMOCODIA = 'LMNPQRSTUV';

/** Values of characters in odd places, from the decree; digits share those of the letters A to J. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23] as const;

function rank(character: string): number {
  const code = character.charCodeAt(0);
  return code < 65 ? code - 48 : code - 65;
}

/** Check character of the first fifteen. */
export function checkCharacter(first15: string): string {
  const sum = [...first15].reduce((total, character, index) => {
    const value = rank(character);
    return total + (index % 2 === 0 ? (ODD[value] ?? 0) : value);
  }, 0);
  return String.fromCharCode(65 + (sum % 26));
}

/** Upper case and without spaces, as people rarely type it. */
export function normalizeTaxCode(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/** True when the text is a codice fiscale that a person can have. Expects the normalised form. */
export function isTaxCode(text: string): boolean {
  return FORM.test(text) && isDay(text.slice(9, 11)) && checkCharacter(text.slice(0, 15)) === text[15];
}

/** Day of birth, from 1 to 31; women have 40 more. */
function isDay(text: string): boolean {
  const day = Number(text.replace(/[A-Z]/g, (letter) => String(OMOCODIA.indexOf(letter))));
  return (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
}
