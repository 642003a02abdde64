import { actsDocIsCurrent, missingTests } from '../../scripts/generate-acts-doc';

test('docs/acts.md says what code and tests say', () => {
  expect(actsDocIsCurrent()).toBe(true);
});

test('every rule of the manual names tests that exist', () => {
  expect(missingTests()).toEqual([]);
});
