import { serviceDefinitionSchema } from './definition';
import { applicantFields, privacyField } from './form-parts';

/** A fee that is only paid: nobody decides anything, and the practice has ended when the money has come. */
export const dirittiSegreteria = serviceDefinitionSchema.parse({
  code: 'diritti-segreteria',
  version: 1,
  name: 'Diritti di segreteria per pratiche edilizie',
  summary: 'Paga i diritti di segreteria dovuti per una pratica edilizia o un certificato.',
  category: 'Tributi, finanze e contravvenzioni',
  offices: ['edilizia'],
  codePrefix: 'DIR',
  workflow: 'paymentOnly',
  registration: 'none',
  payment: {
    formula: {
      if: [{ '==': [{ var: 'due.kind' }, 'certificate'] }, 3000, { '==': [{ var: 'due.kind' }, 'cila'] }, 6000, 12000],
    },
    windowMinutes: 3 * 24 * 60,
    onExpiry: 'expired',
    reason: 'Diritti di segreteria',
  },
  termDays: 30,
  switches: { integration: false },
  attachments: { accept: ['pdf'], maxMegabytes: 10 },
  form: {
    sections: [
      { key: 'applicant', title: 'Chi paga', fields: applicantFields() },
      {
        key: 'due',
        title: 'Diritti',
        fields: [
          {
            key: 'kind',
            label: 'Per che cosa',
            type: 'choice',
            options: [
              { value: 'certificate', label: 'Certificato di destinazione urbanistica' },
              { value: 'cila', label: 'CILA' },
              { value: 'scia', label: 'SCIA' },
            ],
          },
          { key: 'reference', label: 'Pratica a cui si riferiscono', type: 'text', maxLength: 60, required: false },
          privacyField,
        ],
      },
    ],
  },
});
