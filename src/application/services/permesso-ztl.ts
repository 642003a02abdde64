import { serviceDefinitionSchema } from './definition';
import { applicantFields, privacyField } from './form-parts';

/**
 * Permit to enter the limited traffic zone: paid when applied for, registered, decided within thirty days. Release 0.1.0
 * published version 1: practices begun with it keep it as it was stored, so what changes here gets a new number.
 */
export const permessoZtl = serviceDefinitionSchema.parse({
  code: 'permesso-ztl',
  version: 2,
  name: 'Permesso di accesso alla ZTL',
  summary: 'Chiedi il permesso per entrare con il tuo veicolo nella zona a traffico limitato.',
  category: 'Mobilità e trasporti',
  offices: ['mobilita'],
  codePrefix: 'ZTL',
  workflow: 'approval',
  registration: 'onSubmission',
  classification: '6.5',
  payment: {
    amountCents: 1600,
    windowMinutes: 3 * 24 * 60,
    onExpiry: 'expired',
    reason: 'Permesso ZTL: diritti di segreteria',
  },
  termDays: 30,
  integrationDays: 30,
  texts: {
    submitted: {
      de: {
        subject: 'Antrag {{practice.code}} eingereicht',
        body:
          'Guten Tag {{applicant.name}},\n\nIhr Antrag „{{service.name}}“ ist eingegangen und trägt die Nummer ' +
          '{{practice.code}}. Dies ist die Empfangsbestätigung, nicht die Entscheidung. Sie erhalten die Antwort bis zum ' +
          '{{practice.answerBy}}: {{practice.link}}',
      },
      en: {
        subject: 'Application {{practice.code}} submitted',
        body:
          'Dear {{applicant.name}},\n\nyour application "{{service.name}}" has arrived and its number is ' +
          '{{practice.code}}. This is the receipt, not the decision. You will have an answer by {{practice.answerBy}}: ' +
          '{{practice.link}}',
      },
    },
  },
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: {
    sections: [
      {
        key: 'applicant',
        title: 'Chi chiede il permesso',
        fields: applicantFields(),
      },
      {
        key: 'residence',
        title: 'Residenza',
        fields: [
          { key: 'street', label: 'Via e numero civico', type: 'text', maxLength: 120 },
          { key: 'city', label: 'Comune', type: 'text', maxLength: 80 },
        ],
      },
      {
        key: 'vehicle',
        title: 'Veicolo',
        fields: [
          { key: 'plate', label: 'Targa', type: 'plate' },
          { key: 'model', label: 'Marca e modello', type: 'text', maxLength: 80 },
          { key: 'registrationCertificate', label: 'Carta di circolazione', type: 'file', maxFiles: 2 },
        ],
      },
      {
        key: 'permit',
        title: 'Permesso',
        fields: [
          {
            key: 'reason',
            label: 'Motivo della richiesta',
            type: 'choice',
            options: [
              { value: 'resident', label: 'Residenza nella zona' },
              { value: 'work', label: 'Lavoro nella zona' },
              { value: 'care', label: 'Assistenza a un familiare' },
              { value: 'removal', label: 'Trasloco' },
            ],
          },
          { key: 'from', label: 'Dal giorno', type: 'date' },
          { key: 'notes', label: 'Altre informazioni', type: 'text', maxLength: 1000, required: false },
          { key: 'photo', label: 'Foto del veicolo', type: 'file', required: false, maxFiles: 3 },
          privacyField,
        ],
      },
    ],
  },
});
