import { processForm } from '../../../src/forms/engine/process-form';
import { formProfileSchema } from '../../../src/forms/profile/form';
import { component, formOf, judged, TODAY } from './support';

const form = formOf(
  component('textfield', 'name', { validate: { pattern: '(a+)+b' } }),
  component('container', 'place', { components: [component('textfield', 'street')] }),
);

test('keys that the form does not have are told, and not kept', () => {
  const content = JSON.parse('{"name":"ab","more":1,"place":{"street":"x","__proto__":{"a":1}},"constructor":2}');
  expect(judged(form, content)).toEqual({
    content: { name: 'ab', place: { street: 'x' } },
    errors: ['place.__proto__: unknown', 'more: unknown', 'constructor: unknown'],
  });
  expect(({} as { a?: number }).a).toBeUndefined();
});

test('a part keeps nothing beside its data', () => {
  const part = component('form', 'who', { form: 'person', components: [component('textfield', 'name')] });
  expect(judged(formOf(part), { who: { name: 'Anna' } })).toEqual({
    content: { who: { data: {} } },
    errors: ['who.name: unknown'],
  });
});

test('of very many strangers a hundred are told', () => {
  const content = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 1]));
  expect(processForm(form, content, TODAY).errors).toHaveLength(100);
});

test('a group that is no group is told', () => {
  expect(judged(form, { place: 'Via Roma' }).errors).toEqual(['place: group']);
  expect(judged(form, { place: ['Via Roma'] }).errors).toEqual(['place: group']);
});

test('a pattern that would take other matchers hours takes this one no time', () => {
  const begun = process.cpuUsage().user;
  expect(judged(form, { name: 'a'.repeat(500) }).errors).toEqual(['name: pattern']);
  // Doubling with each letter, 500 of them would outlast the universe: any bound proves the point.
  expect(process.cpuUsage().user - begun).toBeLessThan(5_000_000);
});

test('attributes that are not in the profile, scripts above all, make no form', () => {
  const withScript = (more: object) => ({
    profile: '1.0',
    title: 'x',
    components: [component('textfield', 'q', more)],
  });
  for (const more of [
    { validate: { custom: 'valid = process.exit()' } },
    { calculateValue: 'value = 1' },
    { customConditional: 'show = true' },
    { customDefaultValue: 'value = 1' },
    { logic: [{ actions: [] }] },
    { type: 'button' },
  ]) {
    expect(formProfileSchema.safeParse(withScript(more)).success).toBe(false);
  }
  expect(formProfileSchema.safeParse(withScript({})).success).toBe(true);
});
