/**
 * Writes src/manifest/generated from schemas/*.schema.json: types, validators without ajv at run time, and the
 * shapes that drive the TOML writer. `--check` writes nothing and fails when a file differs.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

interface Schema {
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Definitions that are branded types of our own, and the module each comes from. */
const BRANDS: Readonly<Record<string, string>> = {
  Digest: '../../digest/digest.js',
  Blake3: '../../digest/digest.js',
  ArtifactName: '../name.js',
  Kind: '../name.js',
  RegistryId: '../registry-id.js',
  RelPath: '../rel-path.js',
  Version: '../version.js',
};

const root = join(import.meta.dirname, '..');
const outputFolder = join(root, 'src', 'manifest', 'generated');
const BANNER = '/** Generated from schemas/ by `npm run generate`: change the schema, not this file. */\n';

const schemas = readdirSync(join(root, 'schemas'))
  .filter((file) => file.endsWith('.schema.json'))
  .sort()
  .map((file) => ({
    name: file.slice(0, -'.schema.json'.length).replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
    schema: JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')) as Schema,
  }));

const outputs: Readonly<Record<string, string>> = {
  'types.ts': await generateTypes(),
  'validators.ts': generateValidators(),
  'order.ts': generateOrder(),
};
const check = process.argv.includes('--check');
const drifted: string[] = [];
mkdirSync(outputFolder, { recursive: true });
for (const [file, text] of Object.entries(outputs)) {
  if (check) {
    if (readOrEmpty(join(outputFolder, file)) !== text) drifted.push(file);
  } else {
    writeFileSync(join(outputFolder, file), text);
  }
}
if (drifted.length > 0) {
  console.error(`src/manifest/generated is out of date (${drifted.join(', ')}): run npm run generate`);
  process.exitCode = 1;
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Interfaces of all schemas in one file; a definition that two schemas share must be the same in both. */
async function generateTypes(): Promise<string> {
  const blocks = new Map<string, string>();
  const brands = new Set<string>();
  for (const { schema } of schemas) {
    const source = await compile(forTypes(schema, brands) as JSONSchema, schema.title ?? '', {
      bannerComment: '',
      style: { singleQuote: true, printWidth: 120 },
      ignoreMinAndMaxItems: true,
      additionalProperties: false,
      unreachableDefinitions: false,
    });
    const declarations = /(?:\/\*\*\n(?: \*.*\n)+)?export (?:interface (\w+) \{\n[\s\S]*?\n\}|type (\w+) = .*)/g;
    for (const match of source.matchAll(declarations)) {
      const [block] = match;
      const name = (match[1] ?? match[2]) as string;
      const text = readonlyForm(block.trim());
      if ((blocks.get(name) ?? text) !== text) throw new Error(`two schemas define ${name} differently`);
      blocks.set(name, text);
    }
  }
  const modules = new Map<string, string[]>();
  for (const brand of [...brands].sort()) {
    const from = BRANDS[brand] as string;
    modules.set(from, [...(modules.get(from) ?? []), brand]);
  }
  const imports = [...modules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, names]) => `import type { ${names.join(', ')} } from '${from}';\n`);
  return `${BANNER}${imports.join('')}\n${[...blocks.values()].join('\n\n')}\n`;
}

/** The schema as json-schema-to-typescript should see it: brands by name, no rules that types cannot say. */
function forTypes(schema: Schema, brands: Set<string>): unknown {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    const { $ref, ...rest } = node as Schema & Record<string, unknown>;
    const name = $ref?.replace('#/$defs/', '');
    if (name !== undefined && name in BRANDS) {
      brands.add(name);
      return { ...rest, tsType: name };
    }
    const target = name === undefined ? undefined : schema.$defs?.[name];
    const titled = target?.title !== undefined;
    if (target !== undefined && !titled) return visit({ ...target, ...rest });
    const out: Record<string, unknown> = titled ? { $ref } : {};
    for (const [key, value] of Object.entries(rest)) {
      // A titled $ref keeps its own description in the interface; oneOf here only says which fields go together.
      if (key === 'oneOf' || key === 'propertyNames' || (titled && key === 'description')) continue;
      out[key] = visit(value);
    }
    return out;
  };
  const { $id: _id, ...rest } = schema;
  return visit(rest);
}

function readonlyForm(block: string): string {
  return block
    .replace(/^(\s+)(\w+\??|\[k: string\]): /gm, '$1readonly $2: ')
    .replace(/: (\w+)\[\];$/gm, ': readonly $1[];')
    .replace(/^ *\*? *@(min|max)Items \d+\n/gm, '')
    .replace(/^ *\* *\n(?= *\*\/)/gm, '');
}

/** Standalone validators; the one run-time helper of ajv that they use is written out. */
function generateValidators(): string {
  const ajv = new Ajv2020({ code: { source: true, esm: true, lines: true }, strict: true, strictRequired: false });
  for (const { schema } of schemas) ajv.addSchema(withoutProse(schema) as object);
  const ids = Object.fromEntries(schemas.map(({ name, schema }) => [name, schema.$id as string]));
  const exports: string[] = [];
  const code = standalone
    .default(ajv, ids)
    .replace('"use strict";', '')
    .replace(/const (\w+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g, 'const $1 = countCodePoints;')
    .replace(/export const (\w+) = (\w+);/g, (_line, name: string, inner: string) => {
      exports.push(`export const ${name}Validator: Validator = ${inner};`);
      return '';
    });
  if (/\brequire\(|\bimport\b/.test(code))
    throw new Error('a validator needs a run-time helper that is not written out');
  return `// @ts-nocheck: the functions below are written by ajv.
${BANNER}
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

export interface Validator {
  (data: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

function countCodePoints(text) {
  let count = 0;
  for (let i = 0; i < text.length; i++, count++) {
    if (text.charCodeAt(i) >> 10 === 0x36 && text.charCodeAt(i + 1) >> 10 === 0x37) i++;
  }
  return count;
}
${code.trim()}

${exports.sort().join('\n')}
`;
}

/** Descriptions and titles are for readers of the schema; the validators would only carry them about. */
function withoutProse(node: unknown, inProperties = false): unknown {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => inProperties || (key !== 'description' && key !== 'title'));
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      withoutProse(value, !inProperties && (key === 'properties' || key === '$defs')),
    ]),
  );
}

function generateOrder(): string {
  const shapes = schemas.map(
    ({ name, schema }) => `export const ${name}Shape: Shape = ${print(shapeOf(schema, schema), 0)};\n`,
  );
  return `${BANNER}import type { Shape } from '../shape.js';\n\n${shapes.join('\n')}`;
}

function shapeOf(node: Schema, whole: Schema): unknown {
  if (node.$ref !== undefined) return shapeOf(whole.$defs?.[node.$ref.replace('#/$defs/', '')] as Schema, whole);
  switch (node.type) {
    case 'string':
    case 'integer':
    case 'boolean':
      return { kind: node.type };
    case 'number':
      return { kind: 'float' };
    case 'array':
      return { kind: 'list', item: shapeOf(node.items as Schema, whole) };
    case 'object':
      return node.properties === undefined
        ? { kind: 'map', value: shapeOf(node.additionalProperties as Schema, whole) }
        : {
            kind: 'record',
            properties: Object.entries(node.properties).map(([key, value]) => [key, shapeOf(value, whole)]),
          };
    default:
      throw new Error(`no TOML form for ${JSON.stringify(node)}`);
  }
}

function print(value: unknown, depth: number): string {
  if (Array.isArray(value) && Array.isArray(value[0])) {
    const pad = '  '.repeat(depth + 1);
    return `[\n${value.map((item) => `${pad}${print(item, depth + 1)},\n`).join('')}${'  '.repeat(depth)}]`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => print(item, depth)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${print(item, depth)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value).replaceAll('"', "'");
}
