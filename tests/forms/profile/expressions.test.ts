import { component, formOf, judged, sentences } from './support';

const { var: v } = { var: (name: string) => ({ var: name }) };

test('a calculated value is computed by us, whatever was sent for it', () => {
  const calculateValue = { '*': [v('data.width'), v('data.length')] };
  const form = formOf(
    component('number', 'width'),
    component('number', 'length'),
    component('number', 'area', { calculateValue }),
  );
  expect(judged(form, { width: 3, length: 4, area: 99 })).toEqual({
    content: { width: 3, length: 4, area: 12 },
    errors: [],
  });
});

test('an expression that computes no number where one belongs computes nothing, and whoever must answer is told', () => {
  const sum = (validate: object) => component('number', 'sum', { calculateValue: { var: 'data.text' }, validate });
  const of = (validate: object) => judged(formOf(component('textfield', 'text'), sum(validate)), { text: 'dodici' });
  expect(of({}).errors).toEqual([]);
  expect(of({}).content['sum'] ?? undefined).toBeUndefined();
  expect(of({ required: true }).errors).toHaveLength(1);
});

test('a check across questions says its own sentence', () => {
  const json = { if: [{ '<': [v('value'), v('data.from')] }, 'La fine viene prima dell’inizio.', true] };
  const form = formOf(component('day', 'from'), component('day', 'to', { validate: { json } }));
  expect(sentences(form, { from: '2026-03-02', to: '2026-03-01' })).toEqual(['La fine viene prima dell’inizio.']);
  expect(sentences(form, { from: '2026-03-02', to: '2026-03-02' })).toEqual([]);
});

test('a check that only says no gets a sentence of ours, or the one of its question', () => {
  const validate = { json: { '===': [v('value'), v('data.first')] } };
  const form = formOf(
    component('textfield', 'first'),
    component('textfield', 'again', { label: 'Ripeti', validate }),
    component('textfield', 'third', { validate: { ...validate, customMessage: 'Scrivi la stessa cosa.' } }),
  );
  expect(sentences(form, { first: 'a', again: 'b', third: 'c' })).toEqual([
    '"Ripeti" non va bene insieme alle altre risposte.',
    'Scrivi la stessa cosa.',
  ]);
});

test('text that looks like code is text', () => {
  const form = formOf(
    component('textfield', 'name', { defaultValue: '{{ process.env.HOME }}' }),
    component('content', 'note', { html: '<script>alert(1)</script>{{ data.name }}' }),
  );
  const name = '{{ process.exit(1) }} {{ constructor.constructor("return process")() }}';
  expect(judged(form, { name })).toEqual({ content: { name }, errors: [] });
});
