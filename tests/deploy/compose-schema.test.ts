import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { composeFile, ROOT } from './compose';

test('docker-compose.yml is valid by the schema of the Compose Specification', () => {
  const file = join(ROOT, 'tests', 'contracts', 'compose', 'compose-spec.json');
  // Its $schema has an address that validators do not know; the dialect is draft-07, which is what this one speaks.
  const { $schema, ...schema } = JSON.parse(readFileSync(file, 'utf8'));
  expect($schema).toBe('https://json-schema.org/draft-07/schema');
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);
  expect([validate(composeFile()), validate.errors]).toEqual([true, null]);
});
