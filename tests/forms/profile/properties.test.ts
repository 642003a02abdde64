import * as fc from 'fast-check';
import { processForm } from '../../../src/forms/engine/process-form';
import { sentenceOf } from '../../../src/forms/engine/sentences';
import type { Content } from '../../../src/forms/profile/form';
import { LANGUAGES } from '../../../src/locales/language';
import { printedSeed } from '../../domain/support';
import { component, formOf, OPTIONS, TODAY } from './support';

const rows = component('editgrid', 'rows', {
  components: [
    component('checkbox', 'on'),
    component('textfield', 'a', {
      validate: { required: true },
      conditional: { show: true, when: 'rows.on', eq: true },
    }),
    component('number', 'n', { validate: { min: 0 } }),
  ],
});
const form = formOf(
  component('textfield', 'name', { validate: { required: true, maxLength: 5 } }),
  component('radio', 'why', { values: OPTIONS }),
  component('fieldset', 'group', {
    conditional: { show: true, when: 'why', eq: 'work' },
    components: [component('day', 'from'), component('selectboxes', 'which', { values: OPTIONS })],
  }),
  component('form', 'part', {
    form: 'x',
    components: [component('textfield', 'code', { validate: { plugins: ['taxCode'] } })],
  }),
  rows,
  component('number', 'count', {
    calculateValue: { reduce: [{ var: 'data.rows' }, { '+': [{ var: 'accumulator' }, 1] }, 0] },
  }),
);

const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('work', 'home', 'RSSMRA80A01H501U', '2026-02-28', '2026-02-30', true),
);
const row = fc.record({ on: fc.oneof(fc.boolean(), value), a: value, n: value }, { requiredKeys: [] });
const content: fc.Arbitrary<Content> = fc.record(
  {
    ...{ name: value, why: value, from: value, which: fc.oneof(fc.record({ work: value, home: value }), value) },
    ...{ part: fc.oneof(fc.record({ data: fc.oneof(fc.record({ code: value }), value) }), value), count: value },
    rows: fc.oneof(fc.array(fc.oneof(row, value), { maxLength: 4 }), value),
  },
  { requiredKeys: [] },
);

test('whatever is written is judged, and every error has its sentence in each language', async () => {
  await fc.assert(
    fc.property(content, (written) => {
      for (const error of processForm(form, written, TODAY).errors) {
        for (const language of LANGUAGES)
          expect(sentenceOf(form, error, language)).not.toMatch(/undefined|NaN|\[object/);
      }
    }),
    { numRuns: 250, seed: printedSeed() },
  );
});

test('what was judged once is judged the same again, and what was given stays untouched', async () => {
  await fc.assert(
    fc.property(content, (written) => {
      const before = JSON.stringify(written);
      const once = processForm(form, written, TODAY);
      expect(JSON.stringify(written)).toBe(before);
      const again = processForm(form, once.content, TODAY);
      expect([...again.visible]).toEqual([...once.visible]);
      expect(again.content).toEqual(once.content);
      // Wrong values were left out: what is wrong the second time was wrong, or missing, the first.
      if (once.errors.length === 0) expect(again.errors).toEqual([]);
    }),
    { numRuns: 250, seed: printedSeed() },
  );
});
