import { type Field, type Form, fieldSchema, formSchema } from '../../src/forms/form';

/** A field with the defaults that a definition leaves out. */
export function field(type: Field['type'], changes: object = {}): Field {
  return fieldSchema.parse({ key: 'answer', label: 'Risposta', type, ...(OPTIONS[type] ?? {}), ...changes });
}

const OPTIONS: Partial<Record<Field['type'], object>> = {
  choice: {
    options: [
      { value: 'resident', label: 'Residenza' },
      { value: 'work', label: 'Lavoro' },
    ],
  },
};

/** A form with every type of field, half of them optional. */
export const everyType: Form = formSchema.parse({
  sections: [
    {
      key: 'person',
      title: 'Persona',
      fields: [
        { key: 'name', label: 'Nome', type: 'text', maxLength: 20 },
        { key: 'taxCode', label: 'Codice fiscale', type: 'taxCode' },
        { key: 'email', label: 'E-mail', type: 'email', required: false },
        { key: 'phone', label: 'Telefono', type: 'phone', required: false },
      ],
    },
    {
      key: 'request',
      title: 'Richiesta',
      fields: [
        { key: 'plate', label: 'Targa', type: 'plate', required: false },
        { key: 'from', label: 'Dal giorno', type: 'date' },
        { key: 'reason', label: 'Motivo', type: 'choice', options: [{ value: 'work', label: 'Lavoro' }] },
        { key: 'files', label: 'Allegati', type: 'file', required: false, maxFiles: 2 },
        { key: 'privacy', label: "Ho letto l'informativa", type: 'boolean', mustBeTrue: true },
      ],
    },
  ],
});

export const aFile = '01926f00-0000-7000-8000-0000000000f1';
export const anotherFile = '01926f00-0000-7000-8000-0000000000f2';

/** A content that `everyType` accepts as it is. */
export const complete = {
  person: { name: 'Giulia', taxCode: 'BNCGLI85T50D612A', email: 'giulia@posta.example', phone: '+393331234567' },
  request: { plate: 'AB123CD', from: '2026-12-01', reason: 'work', files: [aFile], privacy: true },
};
