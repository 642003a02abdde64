import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LegalDate } from '../../src/domain/ids';
import { processForm } from '../../src/forms/engine/process-form';
import { type Content, formProfileSchema } from '../../src/forms/profile/form';

/**
 * What forms make of contents, as files: a new version of the engine underneath, or our own code in its place, must give
 * the same. `ITER_GOLDEN=write` writes what is given now, for a person to read in the diff.
 */
const FOLDER = join(__dirname, 'golden');
const FILES = readdirSync(FOLDER);
const writing = process.env['ITER_GOLDEN'] === 'write';

const goldenSchema = z.object({
  form: formProfileSchema,
  today: z.iso.date(),
  cases: z
    .array(z.object({ name: z.string(), content: z.record(z.string(), z.unknown()), result: z.unknown().optional() }))
    .min(3),
});

test('there are golden files', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(3);
});

test.each(FILES)('%s', (file) => {
  const path = join(FOLDER, file);
  const golden = goldenSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const results = golden.cases.map(({ content }) => {
    const result = processForm(golden.form, content as Content, golden.today as LegalDate);
    return { ...result, visible: [...result.visible] };
  });
  if (writing) {
    const cases = golden.cases.map((one, index) => ({ ...one, result: results[index] }));
    writeFileSync(path, `${JSON.stringify({ ...golden, cases }, null, 2)}\n`);
  }
  expect(results).toEqual(writing ? results : golden.cases.map(({ result }) => result));
});
