import { component, formOf, judged, sentences } from './support';

const vehicles = component('editgrid', 'vehicles', {
  label: 'Veicoli',
  validate: { required: true, maxLength: 3 },
  components: [
    component('textfield', 'plate', { label: 'Targa', validate: { required: true, plugins: ['plate'] } }),
    component('checkbox', 'leased'),
    component('textfield', 'lessor', {
      ...{
        label: 'Noleggiatore',
        validate: { required: true },
        conditional: { show: true, when: 'vehicles.leased', eq: 'true' },
      },
    }),
  ],
});
const form = formOf(vehicles);

test('each row is judged by itself, and told by its number', () => {
  const content = { vehicles: [{ plate: 'ab 123 cd' }, { plate: 'no' }, { leased: true, plate: 'EF456GH' }] };
  expect(judged(form, content)).toEqual({
    content: { vehicles: [{ plate: 'AB123CD' }, {}, { leased: true, plate: 'EF456GH' }] },
    errors: ['vehicles.1.plate: plate', 'vehicles.2.lessor: required'],
  });
});

test('a condition in a row looks at that row', () => {
  const content = {
    vehicles: [
      { plate: 'AB123CD', leased: false, lessor: 'Rent' },
      { plate: 'EF456GH', leased: true, lessor: 'Rent' },
    ],
  };
  expect(judged(form, content)).toEqual({
    content: { vehicles: [{ plate: 'AB123CD', leased: false }, content.vehicles[1]] },
    errors: [],
  });
});

test('rows that must be there and are not, are too many, or are no rows, are told', () => {
  expect(sentences(form, {})).toEqual(['Aggiungi almeno un elemento a "Veicoli".']);
  expect(sentences(form, { vehicles: [] })).toEqual(['Aggiungi almeno un elemento a "Veicoli".']);
  const many = Array.from({ length: 4 }, () => ({ plate: 'AB123CD' }));
  expect(sentences(form, { vehicles: many })).toEqual(['"Veicoli" può avere al massimo 3 elementi.']);
  expect(sentences(form, { vehicles: 'AB123CD' })).toEqual(['"Veicoli" deve essere un elenco.']);
  expect(judged(form, { vehicles: ['AB123CD'] }).errors).toEqual(['vehicles.0: group', 'vehicles.0.plate: required']);
});

test('without rows their sum is nothing', () => {
  const amount = component('currency', 'amount');
  const calculateValue = {
    reduce: [{ var: 'data.costs' }, { '+': [{ var: 'accumulator' }, { var: 'current.amount' }] }, 0],
  };
  const withSum = formOf(
    component('datagrid', 'costs', { components: [amount] }),
    component('currency', 'sum', { calculateValue }),
  );
  expect(judged(withSum, {})).toEqual({ content: { costs: [], sum: 0 }, errors: [] });
  expect(judged(withSum, { costs: [{ amount: 10.5 }, { amount: 2 }] }).content['sum']).toBe(12.5);
});
