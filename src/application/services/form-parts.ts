/** Questions that several services ask in the same words. */

interface ApplicantOptions {
  /** Who files without login may have no Italian tax code at hand. */
  readonly taxCodeRequired?: boolean;
  readonly phoneRequired?: boolean;
}

/** Who asks: names, tax code and e-mail are what register and mails need of everybody. */
export function applicantFields({ taxCodeRequired = true, phoneRequired = false }: ApplicantOptions = {}) {
  return [
    { key: 'givenName', label: 'Nome', type: 'text', maxLength: 80 },
    { key: 'familyName', label: 'Cognome', type: 'text', maxLength: 80 },
    { key: 'taxCode', label: 'Codice fiscale', type: 'taxCode', required: taxCodeRequired },
    { key: 'email', label: 'E-mail', type: 'email' },
    { key: 'phone', label: 'Telefono', type: 'phone', required: phoneRequired },
  ];
}

export const privacyField = {
  key: 'privacy',
  label: "Ho letto l'informativa sulla privacy",
  type: 'boolean',
  mustBeTrue: true,
};

/** How the land registry names a building. */
export const cadastralFields = [
  { key: 'sheet', label: 'Foglio catastale', type: 'text', maxLength: 10 },
  { key: 'parcel', label: 'Particella', type: 'text', maxLength: 10 },
  { key: 'unit', label: 'Subalterno', type: 'text', maxLength: 10, required: false },
];

/** Parts of the town, by which work is divided among offices. */
export const zones = [
  { value: 'centro', label: 'Centro storico' },
  { value: 'nord', label: 'Bugliano nord' },
  { value: 'sud', label: 'Bugliano sud' },
  { value: 'frazioni', label: 'Frazioni' },
];
