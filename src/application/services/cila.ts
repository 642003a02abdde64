import { serviceDefinitionSchema } from './definition';
import { applicantFields, cadastralFields, privacyField, zones } from './form-parts';

/**
 * Notice of the beginning of building works (DPR 380/2001 art. 6-bis), filed by a technician for the owner. The planning
 * desk accepts it first: practice code, registration and case officer come from that one act.
 */
export const cila = serviceDefinitionSchema.parse({
  code: 'cila',
  version: 1,
  name: 'Comunicazione di inizio lavori asseverata (CILA)',
  summary: 'Comunica l’inizio di lavori di manutenzione straordinaria con la relazione firmata da un tecnico.',
  category: 'Catasto e urbanistica',
  offices: ['edilizia'],
  codePrefix: 'CILA',
  workflow: 'approval',
  registration: 'onAcceptance',
  classification: '6.3',
  access: { filers: ['citizen', 'professional'], minimumLevel: 1, withoutLogin: false },
  phases: [
    { key: 'verifica', label: 'Verifica formale', next: ['istruttoria'], decisions: [] },
    { key: 'istruttoria', label: 'Istruttoria tecnica', next: ['verifica'], decisions: ['approved', 'rejected'] },
  ],
  rejectionNotice: 'optional',
  folder: { policy: 'perPractice' },
  areaField: 'site.zone',
  termDays: 30,
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: {
    sections: [
      { key: 'applicant', title: 'Committente', fields: applicantFields() },
      {
        key: 'technician',
        title: 'Tecnico incaricato',
        fields: [
          { key: 'name', label: 'Nome e cognome', type: 'text', maxLength: 160 },
          { key: 'taxCode', label: 'Codice fiscale', type: 'taxCode' },
          {
            key: 'order',
            label: 'Albo o collegio',
            type: 'choice',
            options: [
              { value: 'surveyors', label: 'Collegio dei geometri' },
              { value: 'architects', label: 'Ordine degli architetti' },
              { value: 'engineers', label: 'Ordine degli ingegneri' },
            ],
          },
          { key: 'number', label: 'Numero di iscrizione', type: 'text', maxLength: 20 },
          { key: 'pec', label: 'PEC', type: 'email' },
        ],
      },
      {
        key: 'site',
        title: 'Immobile',
        fields: [
          { key: 'street', label: 'Via e numero civico', type: 'text', maxLength: 120 },
          { key: 'zone', label: 'Zona', type: 'choice', options: zones },
          ...cadastralFields,
        ],
      },
      {
        key: 'works',
        title: 'Lavori',
        fields: [
          { key: 'description', label: 'Descrizione dei lavori', type: 'text', maxLength: 2000 },
          { key: 'from', label: 'Inizio dei lavori', type: 'date' },
          { key: 'company', label: 'Impresa esecutrice', type: 'text', maxLength: 160, required: false },
          { key: 'report', label: 'Relazione asseverata, firmata digitalmente', type: 'file', signed: true },
          { key: 'drawings', label: 'Elaborati grafici', type: 'file', maxFiles: 10 },
          { key: 'photo', label: 'Foto dello stato di fatto', type: 'file', required: false, maxFiles: 10 },
          privacyField,
        ],
      },
    ],
  },
});
