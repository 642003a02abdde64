import { join } from 'node:path';
import { errorsDoc, errorsDocIsCurrent } from '../../scripts/generate-errors-doc';
import { REFUSALS } from '../../src/domain/errors';
import { projectOf } from './support';

test('docs/errors.md is what the catalogue says: run npx tsx scripts/generate-errors-doc.ts', () => {
  expect(errorsDocIsCurrent()).toBe(true);
});

test('a document that is missing or differs by one letter is stale', () => {
  const root = projectOf({ 'same.md': errorsDoc(), 'other.md': errorsDoc().replace('Pratica', 'pratica') });
  expect(errorsDocIsCurrent(join(root, 'same.md'))).toBe(true);
  expect(errorsDocIsCurrent(join(root, 'other.md'))).toBe(false);
  expect(errorsDocIsCurrent(join(root, 'none.md'))).toBe(false);
});

test('every code has one row, in the order of the catalogue, and placeholders are shown by name', () => {
  const codes = errorsDoc().match(/^\| `[A-Z_]+`/gm) ?? [];
  expect(codes.map((row) => row.slice(3, -1))).toEqual(Object.keys(REFUSALS));
  expect(errorsDoc()).toContain(
    '| `STALE_VERSION` | 409 | no | La pratica è cambiata nel frattempo | ' +
      'Hai deciso sulla versione `<given>` della pratica, ma ora è alla versione `<actual>`. | ',
  );
});
