import { importForm } from '../../../src/forms/import/import-form';
import { imported, question } from './support';

test('what the builder notes for itself is left out without a word, what may mean something is told', () => {
  const { form, dropped } = question({
    spellcheck: true,
    overlay: { page: '1' },
    somethingNew: 'x',
    validate: { unique: false, odd: 1 },
  });
  expect(form?.components).toEqual([{ type: 'textfield', key: 'q', label: 'Domanda' }]);
  expect(dropped).toEqual(['components[0].somethingNew', 'components[0].validate.odd']);
});

test.each<[string, object, object]>([
  [
    'empty attributes say nothing',
    { conditional: { show: '', when: null, eq: '' }, validate: { custom: '', json: '' }, logic: [] },
    {},
  ],
  [
    'a condition as the builder writes it',
    { conditional: { show: 'true', when: 'a', eq: 'x', json: '' } },
    { conditional: { show: true, when: 'a', eq: 'x' } },
  ],
  [
    'a condition of several',
    { conditional: { show: false, conjunction: 'any', conditions: [{ component: 'a', operator: 'isEmpty' }] } },
    {
      conditional: { show: false, conjunction: 'any', conditions: [{ component: 'a', operator: 'isEmpty' }] },
    },
  ],
  [
    'JsonLogic kept as text',
    { conditional: { json: '{"!": [{"var": "data.a"}]}' } },
    { conditional: { json: { '!': [{ var: 'data.a' }] } } },
  ],
  ['limits kept as text', { validate: { maxLength: '5' } }, { validate: { maxLength: 5 } }],
  ['a mask is a pattern', { inputMask: 'AA-99' }, { validate: { pattern: '[A-Za-z][A-Za-z]-[0-9][0-9]' } }],
  [
    'the mask of a codice fiscale is its check',
    { inputMask: 'AAAAAA99A99A***A' },
    { validate: { plugins: ['taxCode'] } },
  ],
  ['a tip is a hint', { tooltip: 'Come sul documento' }, { description: 'Come sul documento' }],
  ['its own words for errors', { errorLabel: 'Non va' }, { validate: { customMessage: 'Non va' } }],
  ['what is kept when hidden', { clearOnHide: false }, { clearOnHide: false }],
  [
    'options without an empty one',
    {
      type: 'radio',
      values: [
        { value: 'a', label: 'A', shortcut: '' },
        { value: '', label: '' },
      ],
    },
    { values: [{ value: 'a', label: 'A' }] },
  ],
  [
    'a list',
    { type: 'select', dataSrc: 'values', data: { values: [{ value: 1, label: 'Uno' }] } },
    { data: { values: [{ value: '1', label: 'Uno' }] } },
  ],
])('%s', (_what, attributes, expected) => {
  expect(imported(attributes)).toEqual(expected);
});

test.each<[string, object, string]>([
  ['a kind that is not in the profile', { type: 'signature' }, 'components[0].type'],
  ['actions of logic', { logic: [{ name: 'x', actions: [{ value: 'y' }] }] }, 'components[0].logic'],
  ['a list from an address', { type: 'select', dataSrc: 'url', data: { url: 'https://x.it' } }, 'components[0].data'],
  ['a key that is no key', { key: 'a b' }, 'components[0].key'],
  ['a question without words', { label: '' }, 'components[0].label'],
])('%s is refused at its path', (_what, attributes, path) => {
  const { form, refused } = question(attributes);
  expect(form).toBeUndefined();
  expect(refused.map((one) => one.path)).toContain(path);
});

test('columns, groups and parts keep what is in them; buttons are left to the flow', () => {
  const name = { type: 'textfield', key: 'name', label: 'Nome' };
  const given = {
    _id: '5d4d',
    title: 'Persona',
    components: [
      { type: 'columns', key: 'c', label: 'Columns', columns: [{ width: 6, components: [name] }, { width: 6 }] },
      {
        type: 'panel',
        key: 'p',
        label: 'Recapiti',
        title: 'Recapiti',
        components: [{ ...name, key: 'mail', type: 'email' }],
      },
      { type: 'well', key: 'w', label: 'Riquadro', components: [{ ...name, key: 'w1' }] },
      { type: 'form', key: 'home', label: 'Indirizzo', form: '5d5a', input: true },
      { type: 'button', key: 'submit', label: 'Invia', action: 'submit' },
    ],
  };
  expect(importForm(given, { accept: false })).toEqual({
    form: {
      ...{ profile: '1.0', name: '5d4d', title: 'Persona', display: 'form' },
      components: [
        { type: 'columns', key: 'c', columns: [{ components: [name] }, { components: [] }] },
        { type: 'panel', key: 'p', title: 'Recapiti', components: [{ type: 'email', key: 'mail', label: 'Nome' }] },
        { type: 'fieldset', key: 'w', legend: 'Riquadro', components: [{ ...name, key: 'w1' }] },
        { type: 'form', key: 'home', label: 'Indirizzo', form: '5d5a' },
      ],
    },
    refused: [],
    replaced: [],
    dropped: ['components[4] (button: ours are made by the flow)'],
  });
});

test('everything that is refused is told at once, deep inside too', () => {
  const bad = { type: 'survey', key: 's', label: 'S' };
  const given = {
    components: [
      { type: 'panel', key: 'p', title: 'P', components: [bad, { type: 'fieldset', key: 'f', components: [bad] }] },
      bad,
    ],
  };
  expect(importForm(given, { accept: true }).refused.map(({ path }) => path)).toEqual([
    'components[0].components[0].type',
    'components[0].components[1].components[0].type',
    'components[1].type',
  ]);
});

test.each([null, [], 'x', {}, { components: [] }, { components: 'x' }])('%p is no form', (given) => {
  const { form, refused } = importForm(given, { accept: true });
  expect(form).toBeUndefined();
  expect(refused[0]?.reason).toMatch(/^this is no form of Form\.io: /);
});
