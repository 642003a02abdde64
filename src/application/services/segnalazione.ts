import { serviceDefinitionSchema } from './definition';
import { applicantFields, privacyField, zones } from './form-parts';

/** Report of a nuisance, open to everybody, also without login: registered and passed to who will look after it. */
export const segnalazione = serviceDefinitionSchema.parse({
  code: 'segnalazione',
  version: 1,
  name: 'Segnalazione di un disservizio',
  summary: 'Segnala al Comune una buca, un lampione spento, rifiuti abbandonati o un altro problema.',
  category: 'Ambiente',
  offices: ['urp', 'polizia-locale'],
  codePrefix: 'SEG',
  workflow: 'forward',
  registration: 'onSubmission',
  classification: '1.8',
  access: { filers: ['citizen', 'professional', 'delegate'], minimumLevel: 0, withoutLogin: true },
  areaField: 'report.zone',
  termDays: 30,
  attachments: { accept: ['pdf', 'jpg', 'png'], maxMegabytes: 10 },
  form: {
    sections: [
      {
        key: 'applicant',
        title: 'Chi segnala',
        fields: applicantFields({ taxCodeRequired: false }),
      },
      {
        key: 'report',
        title: 'Problema',
        fields: [
          {
            key: 'kind',
            label: 'Di che cosa si tratta',
            type: 'choice',
            options: [
              { value: 'road', label: 'Strade e marciapiedi' },
              { value: 'lighting', label: 'Illuminazione' },
              { value: 'waste', label: 'Rifiuti' },
              { value: 'other', label: 'Altro' },
            ],
          },
          { key: 'zone', label: 'Zona', type: 'choice', options: zones },
          { key: 'street', label: 'Dove', type: 'text', maxLength: 120 },
          { key: 'description', label: 'Descrizione', type: 'text', maxLength: 2000 },
          { key: 'photo', label: 'Foto', type: 'file', required: false, maxFiles: 3 },
          privacyField,
        ],
      },
    ],
  },
});
