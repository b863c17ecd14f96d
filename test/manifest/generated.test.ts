import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}

describe('generated files', () => {
  it('are what the schemas say', function () {
    this.timeout(60_000);
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/generate.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
  });

  it('need nothing at run time', () => {
    const source = readFileSync(join(root, 'src/manifest/generated/validators.ts'), 'utf8');
    assert.doesNotMatch(source, /\brequire\(|^import /m);
  });
});

describe('schemas', () => {
  for (const file of readdirSync(join(root, 'schemas')).filter((name) => name.endsWith('.schema.json'))) {
    it(`${file} closes every object and describes every field`, () => {
      const schema = JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')) as Schema;
      assert.match(String(schema.$id), /^urn:at1:schema:[a-z]+(-[a-z]+)*:1$/);
      visit(schema, file);
    });
  }
});

function visit(node: unknown, where: string): void {
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Schema;
  if (schema.properties !== undefined && !Array.isArray(node)) {
    assert.equal(schema.additionalProperties, false, where);
    assert.equal(typeof schema.title, 'string', where);
    for (const [key, value] of Object.entries(schema.properties))
      assert.equal(typeof value.description, 'string', `${where}/${key}`);
  }
  for (const [key, value] of Object.entries(node)) if (key !== 'oneOf') visit(value, `${where}/${key}`);
}
