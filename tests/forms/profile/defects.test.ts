import { checkForm } from '../../../src/forms/profile/check';
import { formProfileSchema } from '../../../src/forms/profile/form';
import { component, OPTIONS } from './support';

function defects(components: readonly object[], more: object = {}): readonly string[] {
  const form = formProfileSchema.parse({ profile: '1.0', title: 'Prova', components, ...more });
  return checkForm(form).map(({ path, rule }) => `${path}: ${rule}`);
}

const q = (more: object = {}) => component('textfield', 'q', more);

test.each<[string, readonly object[], string]>([
  ['two questions with one key', [q(), component('fieldset', 'group', { components: [q()] })], 'q: duplicateKey'],
  ['a condition on a stranger', [q({ conditional: { show: true, when: 'who', eq: 'x' } })], 'q: unknownReference'],
  ['an expression over a stranger', [q({ calculateValue: { var: 'data.who' } })], 'q: unknownReference'],
  ['an expression over everything', [q({ calculateValue: { var: 'form' } })], 'q: unknownReference'],
  ['an unknown operator', [q({ validate: { json: { eval: ['1'] } } })], 'q: unknownOperator'],
  ['an endless expression', [q({ validate: { json: nested(40) } })], 'q: tooDeep'],
  ['a pattern that looks around', [q({ validate: { pattern: '(?=a)a' } })], 'q: pattern'],
  ['a broken pattern', [q({ validate: { pattern: '(' } })], 'q: pattern'],
  ['an unknown check', [q({ validate: { plugins: ['luck'] } })], 'q: unknownPlugin'],
  ['an option twice', [component('radio', 'q', { values: [...OPTIONS, OPTIONS[0]] })], 'q: duplicateOption'],
  [
    'an option of a list twice',
    [component('select', 'q', { data: { values: [...OPTIONS, OPTIONS[0]] } })],
    'q: duplicateOption',
  ],
  ['a part that was not put in', [component('form', 'q', { form: 'address' })], 'q: unresolvedPart'],
])('%s keeps a form from being published', (_what, components, expected) => {
  expect(defects(components)).toEqual([expected]);
});

test('the same key may stand in two groups of values', () => {
  expect(defects([q(), component('container', 'place', { components: [q()] })])).toEqual([]);
});

test('expressions may look at their row, and at each element of a list', () => {
  const rows = component('datagrid', 'rows', {
    components: [component('number', 'a'), component('number', 'b', { calculateValue: { var: 'row.a' } })],
  });
  const sum = { reduce: [{ var: 'data.rows' }, { '+': [{ var: 'accumulator' }, { var: 'current.a' }] }, 0] };
  expect(defects([rows, component('number', 'sum', { calculateValue: sum })])).toEqual([]);
});

test('a form that is translated is translated as a whole', () => {
  const components = [q({ label: 'Nome', description: 'Come sul documento' })];
  const de = { Prova: 'Probe', Nome: 'Name' };
  expect(defects(components, { i18n: { de } })).toEqual(['i18n.de: missingTranslation']);
  expect(defects(components, { i18n: { de: { ...de, 'Come sul documento': 'Wie im Ausweis' } } })).toEqual([]);
});

function nested(depth: number): object {
  return depth === 0 ? { var: 'value' } : { '!': [nested(depth - 1)] };
}
