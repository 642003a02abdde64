import type { LegalDate } from '../../src/domain/ids';
import { componentSchema } from '../../src/forms/profile/components';
import type { FormProfile } from '../../src/forms/profile/form';
import type { Question } from '../../src/forms/questions';
import { formOf, storedFormSchema } from '../../src/forms/sections-form';

export const TODAY = '2026-11-30' as LegalDate;

/** A question that must be answered, with what its type needs. */
export function question(type: string, changes: object = {}, validate: object = {}): Question {
  const { validate: usual, ...more } = { validate: {}, ...USUAL[type] };
  const given = {
    key: 'answer',
    label: 'Risposta',
    type,
    ...more,
    validate: { required: true, ...usual, ...validate },
  };
  return componentSchema.parse({ ...given, ...changes }) as Question;
}

const USUAL: Readonly<Record<string, { readonly validate?: object; readonly [attribute: string]: unknown }>> = {
  textfield: { validate: { maxLength: 200 } },
  radio: {
    values: [
      { value: 'resident', label: 'Residenza' },
      { value: 'work', label: 'Lavoro' },
    ],
  },
};

/** A form with most types of questions, half of them optional, as releases up to 0.3.0 wrote forms. */
export const everyType: FormProfile = formOf(
  storedFormSchema.parse({
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
  }),
);

export const aFile = '01926f00-0000-7000-8000-0000000000f1';
export const anotherFile = '01926f00-0000-7000-8000-0000000000f2';

/** A content that `everyType` accepts as it is. */
export const complete = {
  person: { name: 'Giulia', taxCode: 'BNCGLI85T50D612A', email: 'giulia@posta.example', phone: '+393331234567' },
  request: { plate: 'AB123CD', from: '2026-12-01', reason: 'work', files: [aFile], privacy: true },
};
