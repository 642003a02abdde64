/** Tax codes of persons and VAT numbers with their country, wherever they stand in a text. */
const TAX_CODE = /\b[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]\b/gi;
const EMAIL = /[^\s<>"'(),:;]+@[^\s<>"'(),:;]+\.[a-z]{2,}/gi;

/**
 * A text without the personal data that can be recognised by their form: tax codes and e-mail addresses. For messages of
 * other systems (a mail server repeats the address it refuses) before they are logged or shown. Names have no form: they
 * must not be put into such texts at all.
 */
export function maskPersonalData(text: string): string {
  return text.replace(EMAIL, '[e-mail]').replace(TAX_CODE, '[tax code]');
}

/** True when a text holds something that looks like a tax code or an e-mail address. */
export function hasPersonalData(text: string): boolean {
  return maskPersonalData(text) !== text;
}
