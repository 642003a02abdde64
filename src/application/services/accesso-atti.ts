import { serviceDefinitionSchema } from './definition';
import { applicantFields, privacyField } from './form-parts';

/**
 * Access to administrative documents (L. 241/1990 art. 22 and following): free, within thirty days; a refusal is
 * announced first (art. 10-bis).
 */
export const accessoAtti = serviceDefinitionSchema.parse({
  code: 'accesso-atti',
  version: 1,
  name: 'Accesso agli atti',
  summary: 'Chiedi di vedere i documenti del Comune che ti riguardano o di averne copia.',
  category: 'Trasparenza e accesso agli atti',
  offices: ['urp'],
  codePrefix: 'ATTI',
  workflow: 'approval',
  registration: 'onSubmission',
  classification: '1.6',
  rejectionNotice: 'required',
  termDays: 30,
  switches: { withdraw: true },
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: {
    sections: [
      { key: 'applicant', title: 'Chi chiede l’accesso', fields: applicantFields() },
      {
        key: 'request',
        title: 'Documenti',
        fields: [
          { key: 'documents', label: 'Quali documenti chiedi', type: 'text', maxLength: 2000 },
          {
            key: 'interest',
            label: 'Perché ti riguardano',
            type: 'text',
            maxLength: 2000,
            help: 'Indica l’interesse diretto, concreto e attuale collegato ai documenti (L. 241/1990 art. 22).',
          },
          {
            key: 'mode',
            label: 'Come li vuoi',
            type: 'choice',
            options: [
              { value: 'view', label: 'Solo visione' },
              { value: 'copy', label: 'Copia semplice' },
              { value: 'certified', label: 'Copia conforme' },
            ],
          },
          {
            key: 'mandate',
            label: 'Delega o procura, se agisci per altri',
            type: 'file',
            required: false,
            maxFiles: 2,
          },
          privacyField,
        ],
      },
    ],
  },
});
