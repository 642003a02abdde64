import { serviceDefinitionSchema } from './definition';
import { applicantFields, cadastralFields, privacyField, zones } from './form-parts';

const DAY_MINUTES = 24 * 60;

/**
 * Driveway over the pavement (Codice della strada, art. 22): a stamp on the request, one on the permit, and a yearly fee
 * by metres of access, paid when the office has decided how many metres there will be.
 */
export const passoCarrabile = serviceDefinitionSchema.parse({
  code: 'passo-carrabile',
  version: 1,
  name: 'Autorizzazione al passo carrabile',
  summary: 'Chiedi di aprire o regolarizzare un passo carrabile e di avere il cartello con il numero.',
  category: 'Autorizzazioni',
  offices: ['tributi', 'mobilita'],
  codePrefix: 'PC',
  workflow: 'approval',
  registration: 'onSubmission',
  classification: '6.5',
  stamps: { atRequest: { count: 1 }, atRelease: { count: 1 } },
  // 25 € for each metre, 20 € for the sign.
  releasePayment: {
    formula: { '+': [{ '*': [{ var: 'access.metres' }, 2500] }, 2000] },
    windowMinutes: 30 * DAY_MINUTES,
    onExpiry: 'renewed',
    reason: 'Passo carrabile: canone e cartello',
  },
  phases: [
    { key: 'preistruttoria', label: 'Preistruttoria', next: ['istruttoria'] },
    {
      key: 'istruttoria',
      label: 'Istruttoria',
      next: ['preistruttoria'],
      decisions: ['approved', 'partiallyApproved', 'rejected'],
    },
  ],
  rejectionNotice: 'optional',
  folder: { policy: 'perApplicantGroup', group: 'passi-carrabili' },
  automaticAssignment: {
    field: 'property.zone',
    cases: [
      { equals: 'centro', to: { office: 'tributi', operator: 'luca.neri' } },
      { equals: 'nord', to: { office: 'tributi' } },
    ],
    otherwise: { office: 'mobilita' },
  },
  areaField: 'property.zone',
  termDays: 60,
  switches: { partialApproval: true },
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: {
    sections: [
      { key: 'applicant', title: 'Chi chiede il passo carrabile', fields: applicantFields() },
      {
        key: 'property',
        title: 'Immobile',
        fields: [
          { key: 'street', label: 'Via e numero civico', type: 'text', maxLength: 120 },
          { key: 'zone', label: 'Zona', type: 'choice', options: zones },
          ...cadastralFields,
          {
            key: 'title',
            label: 'A che titolo lo chiedi',
            type: 'choice',
            options: [
              { value: 'owner', label: 'Proprietà' },
              { value: 'tenant', label: 'Affitto' },
              { value: 'administrator', label: 'Amministrazione del condominio' },
            ],
          },
        ],
      },
      {
        key: 'access',
        title: 'Passo carrabile',
        fields: [
          {
            key: 'kind',
            label: 'Tipo di accesso',
            type: 'choice',
            options: [
              { value: 'kerb', label: 'Con taglio del marciapiede' },
              { value: 'level', label: 'A raso' },
            ],
          },
          { key: 'metres', label: 'Larghezza in metri', type: 'number', min: 1, max: 20, decimals: 1 },
          { key: 'vehicles', label: 'Posti auto serviti', type: 'number', min: 1, max: 500 },
          { key: 'plan', label: 'Planimetria quotata', type: 'file', maxFiles: 3 },
          { key: 'photo', label: 'Foto del punto di accesso', type: 'file', required: false, maxFiles: 5 },
          { key: 'notes', label: 'Altre informazioni', type: 'text', maxLength: 1000, required: false },
          privacyField,
        ],
      },
    ],
  },
});
