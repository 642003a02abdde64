import { valueAt } from '../../src/forms/profile/form';
import { answersOf, displayValue, questionsOf, stepsOf } from '../../src/forms/questions';
import { component, formOf, OPTIONS } from './profile/support';
import { complete, everyType, question } from './support';

const options = { values: OPTIONS };

test.each<[string, object, unknown, string]>([
  ['textfield', {}, 'Via Garibaldi 12', 'Via Garibaldi 12'],
  ['day', {}, '2026-12-01', '01/12/2026'],
  ['time', {}, '09:30', '09:30'],
  ['checkbox', {}, true, 'Sì'],
  ['checkbox', {}, false, 'No'],
  ['number', {}, 12.5, '12,5'],
  ['currency', {}, 1234.5, '1234,50 €'],
  ['radio', options, 'work', 'Lavoro'],
  ['radio', options, 'an option of another version', 'an option of another version'],
  ['select', { data: options }, 'home', 'Casa'],
  ['select', { data: options, multiple: true }, ['home', 'work'], 'Casa, Lavoro'],
  ['select', { data: { list: 'streets' } }, 'Via Roma', 'Via Roma'],
  ['selectboxes', options, { work: true, home: false }, 'Lavoro'],
  ['selectboxes', options, { work: false, home: false }, '—'],
  ['textfield', {}, undefined, '—'],
  ['textfield', {}, null, '—'],
  ['textfield', {}, '', '—'],
])('a %s with %j of %j reads %s', (type, more, value, text) => {
  expect(displayValue(question(type, more), value)).toBe(text);
});

test('an amount that a draft holds as a text reads as it was written', () => {
  expect(displayValue(question('currency'), '12,5')).toBe('12,5');
});

test('questions are named by their path, in the order of the form', () => {
  expect(questionsOf(everyType).map(({ path }) => path)).toEqual([
    'person.name',
    'person.taxCode',
    'person.email',
    'person.phone',
    'request.plate',
    'request.from',
    'request.reason',
    'request.files',
    'request.privacy',
  ]);
});

test('answers are told with their question, those of rows row by row', () => {
  const vehicles = component('editgrid', 'vehicles', {
    ...{ label: 'Veicoli', rowLabel: 'Veicolo' },
    components: [component('textfield', 'plate'), component('hidden', 'id')],
  });
  const form = formOf(component('fieldset', 'f', { components: [component('textfield', 'name')] }), vehicles);
  const content = { vehicles: [{ plate: 'AB123CD' }, {}] };
  expect(answersOf(form.components, content).map(({ question: _question, ...answer }) => answer)).toEqual([
    { path: 'name', field: 'name', value: undefined },
    { path: 'vehicles.0.plate', field: 'vehicles.plate', value: 'AB123CD', row: 'Veicolo 1' },
    { path: 'vehicles.1.plate', field: 'vehicles.plate', value: undefined, row: 'Veicolo 2' },
  ]);
});

test('panels are steps, and what stands outside of them is one under the name of the form', () => {
  const panel = (key: string) =>
    component('panel', key, { title: key, components: [component('textfield', `${key}Name`)] });
  const form = formOf(
    component('textfield', 'a'),
    component('textfield', 'b'),
    panel('p'),
    panel('q'),
    component('textfield', 'z'),
  );
  const steps = stepsOf(form).map(({ key, title, components }) => [key, title, components.map((one) => one.key)]);
  expect(steps).toEqual([
    ['a', 'Prova', ['a', 'b']],
    ['p', 'p', ['p']],
    ['q', 'q', ['q']],
    ['z', 'Prova', ['z']],
  ]);
});

test('a value is found by its path, and only where somebody wrote it', () => {
  expect(valueAt(complete, 'request.from')).toBe('2026-12-01');
  expect(valueAt(complete, 'request.to')).toBeUndefined();
  expect(valueAt(complete, 'elsewhere.from')).toBeUndefined();
  expect(valueAt(complete, 'person.toString')).toBeUndefined();
  expect(valueAt(complete, 'constructor.name')).toBeUndefined();
  expect(valueAt({ person: 'Giulia' }, 'person.length')).toBeUndefined();
});
