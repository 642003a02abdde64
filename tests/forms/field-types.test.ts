import { type Field, fieldSchema } from '../../src/forms/form';
import { checkField } from '../../src/forms/validate';
import { aFile, anotherFile, field } from './support';

const TYPES = ['text', 'taxCode', 'email', 'phone', 'plate', 'date', 'boolean', 'choice', 'number', 'file'] as const;

const taxCode = 'Il codice fiscale non è corretto: deve avere 16 caratteri e il carattere di controllo giusto.';
const email = "L'indirizzo e-mail non è corretto: scrivilo come nome@esempio.it.";
const phone = 'Il numero di telefono può avere solo cifre, spazi e il + iniziale (da 6 a 20).';
const plate = 'La targa non è corretta: scrivila come AB123CD.';
const date = '"Risposta" deve essere una data esistente, scritta come 2026-11-24.';
const choice = 'Scegli per "Risposta" uno di: resident, work.';
const files = '"Risposta" deve elencare gli identificativi degli allegati caricati.';
const text = '"Risposta" deve essere un testo.';

test('these are all the types of field', () => {
  const known = fieldSchema.options.map((option) => option.shape.type.value);
  expect(known).toEqual(TYPES);
});

describe.each(TYPES)('a %s', (type) => {
  test.each([[undefined], [null], [''], ['   '], [[]]])('that is required cannot be %p', (value) => {
    expect(checkField(field(type), value)).toEqual({
      error: { rule: 'required', message: 'Compila "Risposta".' },
    });
  });

  test.each([[undefined], [null], [''], ['   '], [[]]])('that is optional may be %p', (value) => {
    expect(checkField(field(type, { required: false }), value)).toEqual({ value: undefined });
  });
});

describe('what is accepted, and how it is kept', () => {
  const accepted: [Field['type'], unknown, unknown, object?][] = [
    ['text', '  Via Garibaldi 12 ', 'Via Garibaldi 12'],
    ['text', 'è ’ 😀 中', 'è ’ 😀 中'],
    ['text', 'x'.repeat(200), 'x'.repeat(200)],
    ['text', '12345', '12345', { maxLength: 5 }],
    ['taxCode', ' bncgli85t50d612a ', 'BNCGLI85T50D612A'],
    ['taxCode', 'BNC GLI 85T50 D612A', 'BNCGLI85T50D612A'],
    ['email', ' Giulia.Bianchi+ztl@posta.example ', 'Giulia.Bianchi+ztl@posta.example'],
    ['phone', '+39 333 123 4567', '+393331234567'],
    ['phone', '050 9876', '0509876'],
    ['plate', 'ab 123-cd', 'AB123CD'],
    ['date', '2028-02-29', '2028-02-29'],
    ['boolean', true, true],
    ['boolean', false, false],
    ['boolean', true, true, { mustBeTrue: true }],
    ['choice', 'work', 'work'],
    ['file', [aFile], [aFile]],
    ['file', [aFile, anotherFile], [aFile, anotherFile], { maxFiles: 2 }],
    ['file', [aFile.toUpperCase(), aFile], [aFile]],
  ];
  test.each(accepted)('%s %j is kept as %j', (type, given, kept, changes = {}) => {
    expect(checkField(field(type, changes), given)).toEqual({ value: kept });
  });
});

describe('what is refused, by which rule and with which words', () => {
  const tooLong = (n: number) => `"Risposta" può avere al massimo 5 caratteri: ora sono ${n}.`;
  const refused: [Field['type'], unknown, string, string, object?][] = [
    ['text', 5, 'text', text],
    ['text', true, 'text', text],
    ['text', { a: 1 }, 'text', text],
    ['text', ['a'], 'text', text],
    ['text', '123456', 'tooLong', tooLong(6), { maxLength: 5 }],
    ['taxCode', 'BNCGLI85T50D612B', 'taxCode', taxCode],
    ['taxCode', '12345678901', 'taxCode', taxCode],
    ['taxCode', 16, 'text', text],
    ['email', 'giulia', 'email', email],
    ['email', 'giulia@posta', 'email', email],
    ['email', 'giulia bianchi@posta.example', 'email', email],
    ['email', 'giulia@posta.example\nBcc: tutti@posta.example', 'email', email],
    ['email', `${'x'.repeat(250)}@posta.example`, 'email', email],
    ['email', { toString: 'giulia@posta.example' }, 'email', email],
    ['phone', '12345', 'phone', phone],
    ['phone', '1    2', 'phone', phone],
    ['phone', '1'.repeat(21), 'phone', phone],
    ['phone', '+39-333-1234567', 'phone', phone],
    ['phone', '٣٣٣١٢٣٤٥٦٧', 'phone', phone],
    ['phone', 3331234567, 'phone', phone],
    ['plate', 'AB123C', 'plate', plate],
    ['plate', ['AB123CD'], 'text', text],
    ['date', '2026-02-29', 'date', date],
    ['date', '24/11/2026', 'date', date],
    ['date', '2026-11-24T10:00:00Z', 'date', date],
    ['date', 20261124, 'date', date],
    ['boolean', 'true', 'boolean', '"Risposta" può essere solo vero o falso.'],
    ['boolean', 1, 'boolean', '"Risposta" può essere solo vero o falso.'],
    ['boolean', false, 'mustAccept', 'Devi accettare: Risposta.', { mustBeTrue: true }],
    ['choice', 'care', 'choice', choice],
    ['choice', 'Lavoro', 'choice', choice],
    ['choice', ['work'], 'choice', choice],
    ['file', aFile, 'file', files],
    ['file', ['libretto.pdf'], 'file', files],
    ['file', [aFile, 7], 'file', files],
    ['file', { length: 1, 0: aFile }, 'file', files],
    ['file', [aFile, anotherFile], 'tooManyFiles', 'Per "Risposta" puoi allegare al massimo 1 file.'],
  ];
  test.each(refused)('%s %j breaks "%s"', (type, given, rule, message, changes = {}) => {
    expect(checkField(field(type, changes), given)).toEqual({ error: { rule, message } });
  });
});
