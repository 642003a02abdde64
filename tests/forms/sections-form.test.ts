import { questionsOf } from '../../src/forms/questions';
import { formOf, storedFormSchema } from '../../src/forms/sections-form';

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more });
const section = (key: string, ...fields: object[]) => ({ key, title: key, fields });

test('a form as releases up to 0.3.0 wrote it asks the same at the same paths', () => {
  const options = [{ value: 'a', label: 'A' }];
  const form = storedFormSchema.parse({
    sections: [
      section(
        'who',
        field('name', 'text', { help: 'Come sul documento' }),
        field('taxCode', 'taxCode', { required: false }),
      ),
      section(
        'what',
        field('why', 'choice', { options }),
        field('from', 'date'),
        field('metres', 'number', { min: 1, decimals: 1 }),
      ),
      section(
        'end',
        field('files', 'file', { maxFiles: 3, signed: true }),
        field('privacy', 'boolean', { mustBeTrue: true }),
      ),
    ],
  });
  expect(formOf(form)).toEqual({
    ...{ profile: '1.0', title: 'Modulo', display: 'wizard' },
    components: [
      step(1, 'who', [
        { type: 'textfield', ...asked('name', { maxLength: 200 }), description: 'Come sul documento' },
        { type: 'textfield', ...asked('taxCode', { required: false, plugins: ['taxCode'] }) },
      ]),
      step(2, 'what', [
        { type: 'radio', ...asked('why'), values: options },
        { type: 'day', ...asked('from') },
        { type: 'number', ...asked('metres', { min: 1, max: 1_000_000 }), decimalLimit: 1 },
      ]),
      step(3, 'end', [
        { type: 'file', ...asked('files', { maxFiles: 3 }), multiple: true, signed: true },
        { type: 'checkbox', ...asked('privacy') },
      ]),
    ],
  });
});

const asked = (key: string, validate: object = {}) => ({ key, label: key, validate: { required: true, ...validate } });
const step = (number: number, key: string, components: object[]) => ({
  ...{ type: 'panel', key: `step${number}`, title: key },
  components: [{ type: 'container', key, components }],
});

test('two sections of one name are one group', () => {
  const form = storedFormSchema.parse({
    sections: [section('a', field('x', 'text')), section('a', field('y', 'text'))],
  });
  expect(questionsOf(formOf(form)).map(({ path }) => path)).toEqual(['a.x', 'a.y']);
});

test('a stored form stays as it was given, so that the release before can read it', () => {
  const given = { sections: [section('a', field('x', 'email'))] };
  expect(storedFormSchema.parse(given)).toEqual({ sections: [section('a', field('x', 'email', { required: true }))] });
  const form = storedFormSchema.parse(given);
  expect(formOf(form)).toBe(formOf(form));
});
