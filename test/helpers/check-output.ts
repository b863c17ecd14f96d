/** Checks a JSON result against `schemas/output/<name>.schema.json`: what scripts of users rely on. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

const folder = join(import.meta.dirname, '..', '..', 'schemas', 'output');
let ajv: Ajv2020 | undefined;

/** `name` is the command with its words joined by `-`: `model-list`. */
export function checkOutput(name: string, value: unknown): void {
  const validate = validatorOf(name);
  const valid = validate(value);
  const problems = (validate.errors ?? []).map(
    (error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`,
  );
  assert.ok(valid, `result of ${name} does not follow its schema:\n  ${problems.join('\n  ')}`);
}

export function hasOutputSchema(name: string): boolean {
  return existsSync(join(folder, `${name}.schema.json`));
}

function validatorOf(name: string): ValidateFunction {
  if (ajv === undefined) {
    ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true });
    // All at once, so that one may refer to another by its $id.
    for (const file of readdirSync(folder).sort()) {
      ajv.addSchema(JSON.parse(readFileSync(join(folder, file), 'utf8')), file);
    }
  }
  const validate = ajv.getSchema(`${name}.schema.json`);
  assert.ok(validate !== undefined, `no schemas/output/${name}.schema.json`);
  return validate;
}
