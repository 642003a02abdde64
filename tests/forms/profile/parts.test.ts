import { checkForm } from '../../../src/forms/profile/check';
import { type FormProfile, formProfileSchema } from '../../../src/forms/profile/form';
import { resolveParts, UnresolvedPart } from '../../../src/forms/profile/resolve';
import { component, judged } from './support';

const PARTS: Readonly<Record<string, readonly object[]>> = {
  address: [
    component('textfield', 'county', { validate: { required: true } }),
    component('textfield', 'country', {
      validate: { required: true },
      conditional: { show: true, when: 'county', eq: 'EE' },
    }),
    component('textfield', 'both', { calculateValue: { cat: [{ var: 'data.county' }, '/', { var: 'data.country' }] } }),
  ],
  person: [component('textfield', 'name'), component('form', 'home', { form: 'address' })],
  endless: [component('form', 'again', { form: 'endless' })],
};

function withPart(name: string): FormProfile {
  const form = { profile: '1.0', title: 'Prova', components: [component('form', 'who', { form: name })] };
  return resolveParts(formProfileSchema.parse(form), (part) => {
    const components = PARTS[part];
    return components && formProfileSchema.parse({ profile: '1.0', title: part, components }).components;
  });
}

test('a part is put in, and what it says about its own data goes on meaning that', () => {
  const form = withPart('person');
  expect(checkForm(form)).toEqual([]);
  expect(judged(form, {}).errors).toEqual(['who.data.home.data.county: required']);
  const abroad = { who: { data: { name: 'Anna', home: { data: { county: 'EE' } } } } };
  expect(judged(form, abroad).errors).toEqual(['who.data.home.data.country: required']);
  const complete = { who: { data: { name: 'Anna', home: { data: { county: 'EE', country: 'France' } } } } };
  expect(judged(form, complete)).toEqual({
    content: {
      who: { data: { name: 'Anna', home: { data: { county: 'EE', country: 'France', both: 'EE/France' } } } },
    },
    errors: [],
  });
});

test('a part that nobody has, and one that contains itself, are named with their place', () => {
  expect(() => withPart('nothing')).toThrow(new UnresolvedPart('who', 'nothing', 'unknown'));
  expect(() => withPart('endless')).toThrow(new UnresolvedPart('who.data.again', 'endless', 'recursive'));
});
