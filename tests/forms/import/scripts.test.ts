import { imported, question } from './support';

const v = (name: string) => ({ var: name });
const custom = (script: string) => ({ validate: { custom: script } });

test.each<[string, object, object]>([
  ['a longest length', custom("if(input.length > 20){\n  valid = 'troppo lungo'\n}"), { validate: { maxLength: 20 } }],
  [
    'a length with a look whether there is something',
    custom('if(input && input.length >= 17) valid = false'),
    { validate: { maxLength: 16 } },
  ],
  ['a shortest length', custom("valid = input.length < 3 ? 'corto' : true"), { validate: { minLength: 3 } }],
  [
    'a pattern and a length, one after the other',
    custom(
      "if (input.match('^[0-9]{5}$|^$')) { valid = true } else { valid = 'CAP non valido' }\nif (input.length > 5) valid = 'lungo'",
    ),
    { validate: { pattern: '[0-9]{5}', customMessage: 'CAP non valido', maxLength: 5 } },
  ],
  [
    'a pattern that is tested',
    custom("valid = /^[A-Z]+$/.test(input) ? true : 'maiuscole'"),
    { validate: { pattern: '[A-Z]+', customMessage: 'maiuscole' } },
  ],
  [
    'one of a list that has a name',
    custom("sigle = ['RM', 'MI']; if (input) { if (!sigle.includes(input)) { valid = false } else { valid = true } }"),
    { validate: { json: { if: [{ and: [v('value'), { '!': [{ in: [v('value'), ['RM', 'MI']] }] }] }, false, true] } } },
  ],
  [
    'at least one of two answers',
    custom("if (!data.phone && !input) valid = 'Inserisci un recapito';"),
    {
      validate: {
        json: { if: [{ and: [{ '!': [v('data.phone')] }, { '!': [v('value')] }] }, 'Inserisci un recapito', true] },
      },
    },
  ],
  [
    'a comparison with another answer',
    custom("valid = input >= data.from || row.open === true ? true : 'Prima dell’inizio'"),
    {
      validate: {
        json: {
          if: [
            { '!': [{ or: [{ '>=': [v('value'), v('data.from')] }, { '===': [v('row.open'), true] }] }] },
            'Prima dell’inizio',
            true,
          ],
        },
      },
    },
  ],
  [
    'a date in a mask',
    { inputMask: '99/99/9999', ...custom("if (!moment(data.q, 'DD/MM/YYYY').isValid()) valid = 'no'") },
    { type: 'day', validate: { plugins: ['birthDate'] } },
  ],
  [
    'capitals',
    { calculateValue: "value = data.q && data.q !== '' ? data.q.toUpperCase() : null" },
    { case: 'uppercase' },
  ],
  [
    'a sum',
    { type: 'number', calculateValue: 'value = data.a + data.b * 2' },
    { calculateValue: { '+': [v('data.a'), { '*': [v('data.b'), 2] }] } },
  ],
  [
    'a condition',
    { customConditional: "show = data.kind == 'new' && !(row.n > 3)" },
    {
      conditional: { json: { and: [{ '==': [v('data.kind'), 'new'] }, { '!': [{ '>': [v('row.n'), 3] }] }] } },
    },
  ],
  ['something that reaches for the page', { customConditional: "document.querySelector('x').value = 1" }, {}],
  [
    'something that reaches for the network',
    { calculateValue: "var xhr = new XMLHttpRequest(); xhr.open('POST', '/x')" },
    {},
  ],
])('%s has an equivalent', (_what, attributes, expected) => {
  const { type, ...rest } = expected as { readonly type?: string };
  expect(imported(attributes)).toEqual(rest);
  if (type) expect(question(attributes).form?.components[0]?.type).toBe(type);
});

test.each<[string, object, string]>([
  ['a loop', custom('for (;;) {}'), 'it has a ForStatement that no expression can say'],
  ['a call', { calculateValue: 'value = data.q.split("")' }, 'it calls split()'],
  ['a name from elsewhere', { calculateValue: 'value = instance.root' }, 'it uses instance'],
  ['a length in an expression', { calculateValue: 'value = data.a.length + 1' }, 'JsonLogic has nothing for length'],
  ['a pattern that looks around', custom("if (!input.match('^(?=a)$')) valid = false"), "its pattern can't be used: "],
  ['all the data', { calculateValue: 'value = data' }, 'it takes data as a whole'],
  ['something that is not JavaScript', { calculateValue: 'value = (' }, 'Unexpected token'],
])('%s has none, and is refused with the reason', (_what, attributes, reason) => {
  const { form, refused } = question(attributes);
  expect(form).toBeUndefined();
  expect(refused).toHaveLength(1);
  expect(refused[0]?.reason).toContain(reason);
  expect(refused[0]?.proposal).toBeUndefined();
});

test('without somebody who accepts, every script is refused with its path and what may stand for it', () => {
  const attributes = {
    calculateValue: 'value = data.q.toUpperCase()',
    ...custom("if (input.length > 9) valid = 'no'"),
  };
  expect(question(attributes, false)).toEqual({
    refused: [
      {
        path: 'components[0].calculateValue',
        reason: 'it is JavaScript, which is never run here',
        found: 'value = data.q.toUpperCase()',
        proposal: { note: 'case: uppercase does the same', set: { case: 'uppercase' }, validate: {} },
      },
      {
        path: 'components[0].validate.custom',
        reason: 'it is JavaScript, which is never run here',
        found: "if (input.length > 9) valid = 'no'",
        proposal: { note: 'the same check as validate.maxLength', set: {}, validate: { maxLength: 9 } },
      },
    ],
    replaced: [],
    dropped: [],
  });
});

test('a script is read and never run', () => {
  const script = "globalThis.ran = true; valid = (globalThis.ran = true, 'x')";
  expect(question(custom(script)).refused).toHaveLength(1);
  expect(globalThis).not.toHaveProperty('ran');
});
