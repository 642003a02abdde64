/** Codice catastale of a municipality, which its land and tax codes share: `H501`. */
export function isMunicipalityCode(text: string): boolean {
  return /^[A-M][0-9]{3}$/.test(text);
}

/** Sheet (foglio) of the land register: up to four digits, with the letter of an annex. */
export function isCadastralSheet(text: string): boolean {
  return /^[1-9][0-9]{0,3}[A-Z]?$/.test(text);
}

/** Parcel (particella): a number, with the denominator that a split one has (`123/1`), or `.12` where buildings are counted apart. */
export function isCadastralParcel(text: string): boolean {
  return /^\.?[1-9][0-9]{0,4}(\/[1-9][0-9]{0,3})?$/.test(text);
}

/** Subordinate unit (subalterno) of a parcel. */
export function isCadastralUnit(text: string): boolean {
  return /^[1-9][0-9]{0,3}$/.test(text);
}
