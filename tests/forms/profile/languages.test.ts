import { component, publishable, sentences } from './support';

const form = publishable({
  profile: '1.0',
  title: 'Prova',
  components: [
    component('textfield', 'plate', {
      label: 'Targa',
      validate: { required: true, plugins: ['plate'], customMessage: 'Scrivi la targa.' },
    }),
    component('textfield', 'code', { label: 'Codice', validate: { maxLength: 3 } }),
    component('checkbox', 'privacy', { label: 'ho letto l’informativa', validate: { required: true } }),
    component('currency', 'income', { label: 'Reddito', validate: { min: 1 } }),
  ],
  i18n: {
    de: {
      ...{ Prova: 'Probe', Targa: 'Kennzeichen', Codice: 'Kode', Reddito: 'Einkommen' },
      ...{
        'ho letto l’informativa': 'ich habe die Mitteilung gelesen',
        'Scrivi la targa.': 'Schreibe das Kennzeichen.',
      },
    },
  },
});
const content = { plate: 'no', code: 'abcd', income: 0 };

test('what is wrong is said in the language of whoever reads', () => {
  expect(sentences(form, content)).toEqual([
    'Scrivi la targa.',
    '"Codice" può avere al massimo 3 caratteri: ora sono 4.',
    'Per continuare devi accettare: ho letto l’informativa.',
    '"Reddito" non può essere meno di 1.',
  ]);
  expect(sentences(form, content, 'de')).toEqual([
    'Schreibe das Kennzeichen.',
    '„Kode“ darf höchstens 3 Zeichen haben: jetzt sind es 4.',
    'Um fortzufahren, musst du zustimmen: ich habe die Mitteilung gelesen.',
    '„Einkommen“ darf nicht kleiner als 1 sein.',
  ]);
});

test('a form that is not translated says its names as they are, and our sentences in the language', () => {
  expect(sentences(form, content, 'en')).toEqual([
    'Scrivi la targa.',
    '"Codice" can have 3 characters at most: it has 4 now.',
    'To go on you must accept: ho letto l’informativa.',
    '"Reddito" can\'t be less than 1.',
  ]);
});

test('that nothing was answered is said with the name of the question', () => {
  expect(sentences(form, { privacy: true, income: 2 })).toEqual(['Compila "Targa".']);
});
