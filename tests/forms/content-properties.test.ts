import * as fc from 'fast-check';
import { checkContent as check } from '../../src/forms/check-content';
import type { Content, FormProfile } from '../../src/forms/profile/form';
import { printedSeed } from '../domain/support';
import { aFile, anotherFile, everyType, TODAY } from './support';

const checkContent = (form: FormProfile, content: Content, prefix: string) => check(form, content, prefix, TODAY);

const keys = fc.constantFrom(
  'person',
  'request',
  'name',
  'taxCode',
  'from',
  'files',
  '__proto__',
  'constructor',
  '0',
  '',
);
const { tree: anything } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.jsonValue(),
    fc.constantFrom(aFile, 'AB123CD', '2026-12-01', '+39 333', true, null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(keys, tie('tree'), { maxKeys: 6, noNullPrototype: true }),
  ),
}));
const anyContent = fc.oneof(
  fc.dictionary(keys, anything, { maxKeys: 5, noNullPrototype: true }),
  fc.array(anything, { maxLength: 3 }),
) as unknown as fc.Arbitrary<Content>;

/** As people may write it: right, but not in normal form. */
const spaced = (value: string) => fc.constantFrom(value, ` ${value} `, value.toLowerCase(), [...value].join(' '));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const goodContent = fc.record({
  person: fc.record({
    name: fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== ''),
    taxCode: spaced('BNCGLI85T50D612A'),
    email: optional(fc.constantFrom('giulia@posta.example', ' Giulia@Posta.example ')),
    phone: optional(fc.constantFrom('+39 333 1234567', '050 98 76 54', '')),
  }),
  request: fc.record({
    plate: optional(fc.constantFrom('ab 123-cd', 'AB123CD', '  ')),
    from: fc.constantFrom('2026-12-01', ' 2028-02-29'),
    reason: fc.constantFrom('work', ' work'),
    files: optional(fc.constantFrom([], [aFile], [aFile.toUpperCase(), anotherFile], [aFile, aFile])),
    privacy: fc.constant(true),
  }),
});

test('no content makes the check throw, and what it refuses it explains', async () => {
  await fc.assert(
    fc.property(anyContent, (content) => {
      const checked = checkContent(everyType, JSON.parse(JSON.stringify(content)), 'data.');
      if (checked.ok) return;
      expect(checked.errors.length).toBeGreaterThan(0);
      for (const { path, rule, message } of checked.errors) {
        expect(path.startsWith('data.')).toBe(true);
        expect(rule).not.toBe('');
        expect(message).toMatch(/^[A-Z"].*\.$/);
        expect(message).not.toContain('undefined');
      }
    }),
    { seed: printedSeed(), numRuns: 600 },
  );
});

test('what was accepted once is accepted again, unchanged', async () => {
  await fc.assert(
    fc.property(goodContent, (content) => {
      const once = checkContent(everyType, content, '');
      if (!once.ok) throw new Error(JSON.stringify(once.errors));
      expect(checkContent(everyType, once.content, '')).toEqual(once);
    }),
    { seed: printedSeed(), numRuns: 300 },
  );
});

test('checking changes nothing in what was given', async () => {
  await fc.assert(
    fc.property(anyContent, (content) => {
      const before = JSON.stringify(content);
      checkContent(everyType, content, '');
      expect(JSON.stringify(content)).toBe(before);
    }),
    { seed: printedSeed(), numRuns: 200 },
  );
});
