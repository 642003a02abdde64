import { checkAnswer } from '../../src/forms/check-content';
import { aFile, anotherFile, question, TODAY } from './support';

const TYPES = [
  'textfield',
  'textarea',
  'email',
  'phoneNumber',
  'url',
  'day',
  'datetime',
  'time',
  'number',
  'currency',
  'radio',
  'file',
];

const taxCode = 'Il codice fiscale non è corretto: controlla i 16 caratteri, anche l’ultimo.';
const email = "L'indirizzo e-mail non è corretto: scrivilo come nome@esempio.it.";
const phone = 'Il numero di telefono può avere solo cifre, spazi e il + iniziale (da 6 a 20 cifre).';
const plate = 'La targa non è corretta: scrivila come AB123CD.';
const date = '"Risposta" deve essere una data che esiste, per esempio 27 3 2026.';
const choice = 'Per "Risposta" scegli una delle risposte proposte.';
const files = 'I file di "Risposta" non sono stati caricati: caricali di nuovo.';
const text = '"Risposta" deve essere un testo.';

const NOTHING: readonly [unknown][] = [[undefined], [null], [''], ['   ']];
const EMPTY: Readonly<Record<string, string>> = {
  radio: 'Scegli una risposta per "Risposta".',
  file: 'Allega il file per "Risposta".',
};

describe.each(TYPES)('a %s', (type) => {
  test.each(NOTHING)('that is required cannot be %p', (value) => {
    expect(checkAnswer(question(type), value, TODAY)).toEqual({
      error: { rule: 'required', message: EMPTY[type] ?? 'Compila "Risposta".' },
    });
  });

  test.each(NOTHING)('that is optional may be %p', (value) => {
    expect(checkAnswer(question(type, {}, { required: false }), value, TODAY)).toEqual({ value: undefined });
  });
});

test('a list without files is no file', () => {
  expect(checkAnswer(question('file'), [], TODAY)).toHaveProperty('error.rule', 'required');
});

describe('what is accepted, and how it is kept', () => {
  const accepted: [string, unknown, unknown, object?][] = [
    ['textfield', '  Via Garibaldi 12 ', 'Via Garibaldi 12'],
    ['textfield', 'è ’ 😀 中', 'è ’ 😀 中'],
    ['textfield', 'x'.repeat(200), 'x'.repeat(200)],
    ['textfield', '12345', '12345', { maxLength: 5 }],
    ['textfield', ' bncgli85t50d612a ', 'BNCGLI85T50D612A', { plugins: ['taxCode'] }],
    ['textfield', 'BNC GLI 85T50 D612A', 'BNCGLI85T50D612A', { plugins: ['taxCode'] }],
    ['email', ' Giulia.Bianchi+ztl@posta.example ', 'Giulia.Bianchi+ztl@posta.example'],
    ['phoneNumber', '+39 333 123 4567', '+393331234567'],
    ['phoneNumber', '050 9876', '0509876'],
    ['phoneNumber', '+39-333-1234567', '+393331234567'],
    ['textfield', 'ab 123-cd', 'AB123CD', { plugins: ['plate'] }],
    ['day', '2028-02-29', '2028-02-29'],
    ['checkbox', true, true],
    ['checkbox', false, false, { required: false }],
    ['checkbox', true, true, { required: true }],
    ['radio', 'work', 'work'],
    ['file', [aFile], [aFile]],
    ['file', [aFile, anotherFile], [aFile, anotherFile], { maxFiles: 2 }],
    ['file', [aFile.toUpperCase(), aFile], [aFile]],
  ];
  test.each(accepted)('%s %j is kept as %j', (type, given, kept, checks = {}) => {
    expect(checkAnswer(question(type, {}, checks), given, TODAY)).toEqual({ value: kept });
  });
});

describe('what is refused, by which rule and with which words', () => {
  const tooLong = (n: number) => `"Risposta" può avere al massimo 5 caratteri: ora sono ${n}.`;
  const refused: [string, unknown, string, string, object?][] = [
    ['textfield', 5, 'text', text],
    ['textfield', true, 'text', text],
    ['textfield', { a: 1 }, 'text', text],
    ['textfield', ['a'], 'text', text],
    ['textfield', '123456', 'tooLong', tooLong(6), { maxLength: 5 }],
    ['textfield', 'BNCGLI85T50D612B', 'taxCode', taxCode, { plugins: ['taxCode'] }],
    ['textfield', '12345678901', 'taxCode', taxCode, { plugins: ['taxCode'] }],
    ['textfield', 16, 'text', text, { plugins: ['taxCode'] }],
    ['email', 'giulia', 'email', email],
    ['email', 'giulia@posta', 'email', email],
    ['email', 'giulia bianchi@posta.example', 'email', email],
    ['email', 'giulia@posta.example\nBcc: tutti@posta.example', 'email', email],
    ['email', `${'x'.repeat(250)}@posta.example`, 'email', email],
    ['email', { toString: 'giulia@posta.example' }, 'text', text],
    ['phoneNumber', '12345', 'phone', phone],
    ['phoneNumber', '1    2', 'phone', phone],
    ['phoneNumber', '1'.repeat(21), 'phone', phone],
    ['phoneNumber', '٣٣٣١٢٣٤٥٦٧', 'phone', phone],
    ['phoneNumber', 3331234567, 'text', text],
    ['textfield', 'AB123C', 'plate', plate, { plugins: ['plate'] }],
    ['textfield', ['AB123CD'], 'text', text, { plugins: ['plate'] }],
    ['day', '2026-02-29', 'date', date],
    ['day', '24/11/2026', 'date', date],
    ['day', '2026-11-24T10:00:00Z', 'date', date],
    ['day', 20261124, 'text', text],
    ['checkbox', 'true', 'boolean', '"Risposta" può essere solo sì o no.'],
    ['checkbox', 1, 'boolean', '"Risposta" può essere solo sì o no.'],
    ['checkbox', false, 'required', 'Per continuare devi accettare: Risposta.', { required: true }],
    ['radio', 'care', 'option', choice],
    ['radio', 'Lavoro', 'option', choice],
    ['radio', ['work'], 'option', choice],
    ['file', aFile, 'file', files],
    ['file', ['libretto.pdf'], 'file', files],
    ['file', [aFile, 7], 'file', files],
    ['file', { length: 1, 0: aFile }, 'file', files],
    ['file', [aFile, anotherFile], 'tooManyFiles', 'Per "Risposta" puoi allegare al massimo 1 file.'],
  ];
  test.each(refused)('%s %j breaks "%s"', (type, given, rule, message, checks = {}) => {
    expect(checkAnswer(question(type, {}, checks), given, TODAY)).toEqual({ error: { rule, message } });
  });
});
