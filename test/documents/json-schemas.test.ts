// The JSON Schemas of seeds and scripts are valid themselves: nothing checks that when a file is read.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { scriptSchema } from '../../src/simulator/script-schema.ts';

const seedSchema: unknown = JSON.parse(readFileSync(new URL('../../openapi/seed.schema.json', import.meta.url), 'utf8'));
const faultsOf = (schema: unknown) => {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  const isValid = ajv.validateSchema(Object(schema));
  return isValid ? [] : ajv.errors;
};

it.each([
  ['of seeds', seedSchema],
  ['of fleet scripts', scriptSchema],
])('the schema %s is valid by its meta-schema', (_what, schema) => {
  expect(faultsOf(schema)).toEqual([]);
});

it('a schema with an error is not', () => {
  expect(faultsOf({ ...scriptSchema, type: 'thing' })).not.toEqual([]);
});
