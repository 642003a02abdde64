import { checkFileSizes } from '../../scripts/check-file-sizes';
import { projectOf, ROOT } from './support';

const lines = (count: number) => 'export {};\n'.repeat(count);
const longFunction = (count: number) => `export function story() {\n${'  void 0;\n'.repeat(count - 2)}}\n`;

test('the tree as it is has no file or workflow function that is too long', () => {
  expect(checkFileSizes(ROOT)).toEqual([]);
});

test('a file of 250 lines is short enough, one of 251 is not; what is generated does not count', () => {
  const root = projectOf({
    'src/api/fits.ts': lines(250),
    'src/api/long.ts': lines(251),
    'src/generated/prisma/client.ts': lines(2_000),
    'tests/long.test.ts': lines(2_000),
  });
  expect(checkFileSizes(root)).toEqual(['src/api/long.ts has 251 lines: at most 250']);
});

test('a workflow function of 150 lines is short enough, one of 151 is not', () => {
  const root = projectOf({
    'src/workflows/fits.ts': longFunction(150),
    'src/workflows/long.ts': `\n${longFunction(151)}`,
    'src/api/elsewhere.ts': longFunction(200),
  });
  expect(checkFileSizes(root)).toEqual(['src/workflows/long.ts:2 story has 151 lines: at most 150']);
});
