import { serviceDefinitionSchema } from './definition';
import { applicantFields, privacyField, zones } from './form-parts';

/**
 * Temporary use of public ground (L. 160/2019 art. 1 c. 819: canone unico): 1.50 € for each square metre and day, paid
 * with the request; associations without profit pay nothing. Whoever has not paid may withdraw.
 */
export const occupazioneSuolo = serviceDefinitionSchema.parse({
  code: 'occupazione-suolo',
  version: 1,
  name: 'Occupazione temporanea di suolo pubblico',
  summary: 'Chiedi di occupare per alcuni giorni una strada, una piazza o un marciapiede.',
  category: 'Autorizzazioni',
  offices: ['tributi'],
  codePrefix: 'OSP',
  workflow: 'approval',
  registration: 'onSubmission',
  classification: '4.3',
  payment: {
    formula: { '*': [{ var: 'occupation.squareMetres' }, { var: 'occupation.days' }, 150] },
    exemptions: [
      {
        label: 'Iniziative di associazioni senza scopo di lucro',
        when: { '==': [{ var: 'occupation.purpose' }, 'nonProfit'] },
      },
    ],
    windowMinutes: 3 * 24 * 60,
    onExpiry: 'draft',
    reason: 'Occupazione di suolo pubblico: canone',
  },
  areaField: 'occupation.zone',
  termDays: 30,
  switches: { withdraw: true },
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: {
    sections: [
      { key: 'applicant', title: 'Chi chiede l’occupazione', fields: applicantFields({ phoneRequired: true }) },
      {
        key: 'occupation',
        title: 'Occupazione',
        fields: [
          { key: 'street', label: 'Dove', type: 'text', maxLength: 120 },
          { key: 'zone', label: 'Zona', type: 'choice', options: zones },
          {
            key: 'purpose',
            label: 'Per che cosa',
            type: 'choice',
            options: [
              { value: 'scaffolding', label: 'Ponteggio o cantiere' },
              { value: 'removal', label: 'Trasloco' },
              { value: 'trade', label: 'Attività commerciale' },
              { value: 'nonProfit', label: 'Iniziativa di un’associazione senza scopo di lucro' },
            ],
          },
          {
            key: 'association',
            label: 'Associazione, se agisci per una',
            type: 'text',
            maxLength: 120,
            required: false,
          },
          { key: 'squareMetres', label: 'Metri quadrati', type: 'number', min: 1, max: 2000, decimals: 1 },
          { key: 'from', label: 'Dal giorno', type: 'date' },
          { key: 'days', label: 'Numero di giorni', type: 'number', min: 1, max: 60 },
          { key: 'plan', label: 'Planimetria dell’area', type: 'file', maxFiles: 2 },
          { key: 'photo', label: 'Foto del luogo', type: 'file', required: false, maxFiles: 3 },
          privacyField,
        ],
      },
    ],
  },
});
