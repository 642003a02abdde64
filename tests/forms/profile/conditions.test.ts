import { processForm } from '../../../src/forms/engine/process-form';
import { component, formOf, judged, OPTIONS, TODAY } from './support';

const why = component('radio', 'why', { values: OPTIONS, validate: { required: true } });
const required = { validate: { required: true } };

test.each([
  ['one comparison', { show: true, when: 'why', eq: 'work' }],
  [
    'several',
    { show: true, conjunction: 'all', conditions: [{ component: 'why', operator: 'isEqual', value: 'work' }] },
  ],
  ['JsonLogic', { json: { '===': [{ var: 'data.why' }, 'work'] } }],
  ['a hiding one', { show: false, when: 'why', eq: 'home' }],
])('a question with a condition that is %s is asked only where it holds', (_kind, conditional) => {
  const form = formOf(why, component('textfield', 'firm', { ...required, conditional }));
  expect(judged(form, { why: 'work' })).toEqual({ content: { why: 'work' }, errors: ['firm: required'] });
  expect(judged(form, { why: 'work', firm: 'Rossi' }).errors).toEqual([]);
  expect(judged(form, { why: 'home', firm: 'Rossi' })).toEqual({ content: { why: 'home' }, errors: [] });
});

test('what a condition hides is not judged, however wrong it is', () => {
  const conditional = { show: true, when: 'why', eq: 'work' };
  const form = formOf(why, component('textfield', 'code', { conditional, validate: { plugins: ['taxCode'] } }));
  expect(judged(form, { why: 'work', code: 'no' }).errors).toEqual(['code: taxCode']);
  expect(judged(form, { why: 'home', code: 'no' })).toEqual({ content: { why: 'home' }, errors: [] });
});

test('a group takes its questions with it, whatever they need', () => {
  const conditional = { show: true, when: 'why', eq: 'work' };
  for (const group of [
    component('fieldset', 'group', { conditional, components: [component('textfield', 'firm', required)] }),
    component('panel', 'group', {
      title: 'Ditta',
      conditional,
      components: [component('textfield', 'firm', required)],
    }),
    component('columns', 'group', {
      conditional,
      columns: [{ components: [component('textfield', 'firm', required)] }],
    }),
  ]) {
    const form = formOf(why, group);
    expect(judged(form, { why: 'work' }).errors).toEqual(['firm: required']);
    expect(judged(form, { why: 'home', firm: 'Rossi' })).toEqual({ content: { why: 'home' }, errors: [] });
  }
});

test('a question inside a group of values is found by conditions outside of it, and the other way round', () => {
  const form = formOf(
    component('container', 'firm', {
      components: [
        component('checkbox', 'abroad'),
        component('textfield', 'vat', { ...required, conditional: { show: true, when: 'country', eq: 'IT' } }),
      ],
    }),
    component('textfield', 'country', { ...required, conditional: { show: true, when: 'firm.abroad', eq: 'true' } }),
  );
  expect(judged(form, { firm: {} }).errors).toEqual([]);
  expect(judged(form, { firm: { abroad: true } }).errors).toEqual(['country: required']);
  expect(judged(form, { firm: { abroad: true }, country: 'IT' }).errors).toEqual(['firm.vat: required']);
});

test('a chain of conditions is followed to its end, also where the first question stands last', () => {
  const shown = (when: string) => ({ conditional: { show: true, when, eq: 'yes' } });
  const form = formOf(
    component('textfield', 'third', shown('second')),
    component('textfield', 'second', shown('first')),
    component('textfield', 'first'),
  );
  expect(judged(form, { first: 'yes', second: 'yes', third: 'here' }).content).toEqual({
    ...{ first: 'yes', second: 'yes', third: 'here' },
  });
  expect(judged(form, { first: 'no', second: 'yes', third: 'here' }).content).toEqual({ first: 'no' });
});

test('what is shown is told for every component, texts and groups too', () => {
  const conditional = { show: true, when: 'why', eq: 'work' };
  const form = formOf(
    why,
    component('fieldset', 'group', { conditional, components: [component('content', 'hint', { html: '<p>…</p>' })] }),
    component('htmlelement', 'note', { content: 'Nota', conditional }),
  );
  expect([...processForm(form, { why: 'work' }, TODAY).visible]).toEqual(['why', 'group', 'hint', 'note']);
  expect([...processForm(form, { why: 'home' }, TODAY).visible]).toEqual(['why']);
});

test('a value that its builder put away stays, and one that shall survive hiding, too', () => {
  const form = formOf(
    why,
    component('textfield', 'away', { hidden: true }),
    component('textfield', 'kept', { clearOnHide: false, conditional: { show: true, when: 'why', eq: 'work' } }),
  );
  const content = { why: 'home', away: 'a', kept: 'b' };
  expect(judged(form, content)).toEqual({ content, errors: [] });
});

test('nothing is neither less nor more than a number', () => {
  const conditions = (operator: string) => [{ component: 'income', operator, value: 10_000 }];
  const form = formOf(
    component('number', 'income'),
    component('content', 'low', {
      html: '…',
      conditional: { show: true, conjunction: 'all', conditions: conditions('lessThan') },
    }),
    component('content', 'high', {
      ...{ html: '…', conditional: { show: true, conjunction: 'any', conditions: conditions('greaterThanOrEqual') } },
    }),
  );
  const visible = (content: object) => [...processForm(form, { ...content }, TODAY).visible];
  expect(visible({})).toEqual(['income']);
  expect(visible({ income: 0 })).toEqual(['income', 'low']);
  expect(visible({ income: 10_000 })).toEqual(['income', 'high']);
});
