import { displayValue, fieldsOf, valueAt } from '../../src/forms/form';
import { complete, everyType, field } from './support';

test.each([
  ['text', 'Via Garibaldi 12', 'Via Garibaldi 12'],
  ['date', '2026-12-01', '01/12/2026'],
  ['boolean', true, 'Sì'],
  ['boolean', false, 'No'],
  ['choice', 'work', 'Lavoro'],
  ['choice', 'an option of another version', 'an option of another version'],
  ['text', undefined, '—'],
  ['text', null, '—'],
  ['text', '', '—'],
] as const)('a %s of %j reads %s', (type, value, text) => {
  expect(displayValue(field(type), value)).toBe(text);
});

test('fields are named by section and key, in the order of the form', () => {
  expect(fieldsOf(everyType).map(({ path }) => path)).toEqual([
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

test('a value is found by its path, and only where somebody wrote it', () => {
  expect(valueAt(complete, 'request.from')).toBe('2026-12-01');
  expect(valueAt(complete, 'request.to')).toBeUndefined();
  expect(valueAt(complete, 'elsewhere.from')).toBeUndefined();
  expect(valueAt(complete, 'person.toString')).toBeUndefined();
  expect(valueAt(complete, 'constructor.name')).toBeUndefined();
  expect(valueAt({ person: 'Giulia' }, 'person.length')).toBeUndefined();
});
