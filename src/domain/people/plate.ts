/** Italian plates in force: cars (AA000AA, without I, O, Q, U), motorcycles (AA00000), mopeds (X0XXXX). */
const FORMS = [
  /^[A-HJ-NPR-TV-Z]{2}\d{3}[A-HJ-NPR-TV-Z]{2}$/,
  /^[A-HJ-NPR-TV-Z]{2}\d{5}$/,
  /^X[2-9A-HJ-NPR-TV-Z][2-9A-Z]{4}$/,
];

/** Upper case and without spaces or dashes. */
export function normalizePlate(text: string): string {
  return text.replace(/[\s-]/g, '').toUpperCase();
}

/** True for a plate of a form in force. Expects the normalised form. */
export function isPlate(text: string): boolean {
  return FORMS.some((form) => form.test(text));
}
