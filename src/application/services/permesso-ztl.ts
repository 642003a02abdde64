import { serviceDefinitionSchema } from './definition';

/** Permit to enter the limited traffic zone: paid when applied for, registered, decided within thirty days. */
export const permessoZtl = serviceDefinitionSchema.parse({
  code: 'permesso-ztl',
  version: 1,
  name: 'Permesso di accesso alla ZTL',
  summary: 'Chiedi il permesso per entrare con il tuo veicolo nella zona a traffico limitato.',
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
  attachments: { accept: ['pdf', 'p7m', 'jpg', 'png'], maxMegabytes: 30 },
  form: {
    sections: [
      {
        key: 'applicant',
        title: 'Chi chiede il permesso',
        fields: [
          { key: 'givenName', label: 'Nome', type: 'text', maxLength: 80 },
          { key: 'familyName', label: 'Cognome', type: 'text', maxLength: 80 },
          { key: 'taxCode', label: 'Codice fiscale', type: 'taxCode' },
          { key: 'email', label: 'E-mail', type: 'email' },
          { key: 'phone', label: 'Telefono', type: 'phone', required: false },
        ],
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
          { key: 'privacy', label: "Ho letto l'informativa sulla privacy", type: 'boolean', mustBeTrue: true },
        ],
      },
    ],
  },
});
