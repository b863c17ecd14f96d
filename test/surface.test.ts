/**
 * The public surface as one file: commands, arguments, flags, exports, error codes and exit numbers.
 * A change is a decision that a review sees; `AT1_UPDATE=1 npx mocha test/surface.test.ts` writes the file anew.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES } from '../commands/exit-codes.js';
import { COMMANDS, loadCommand, outputSchemaOf, TOPICS } from '../commands/index.js';
import { hasOutputSchema } from './helpers/check-output.js';

const root = join(import.meta.dirname, '..');
const fixture = join(root, 'test', 'fixtures', 'surface.json');

describe('the public surface', () => {
  it('is what the snapshot says', async () => {
    const found = await surface();
    if (process.env.AT1_UPDATE === '1') writeFileSync(fixture, `${JSON.stringify(found, null, 2)}\n`);
    const known: unknown = existsSync(fixture) ? JSON.parse(readFileSync(fixture, 'utf8')) : {};
    assert.deepEqual(found, known, 'the surface changed: if that is meant, run with AT1_UPDATE=1 and commit the file');
  });

  it('has a schema for the JSON result of every command', () => {
    const missing = Object.keys(COMMANDS).filter((name) => !hasOutputSchema(outputSchemaOf(name)));
    assert.deepEqual(missing, [], 'scripts rely on --json: describe it in schemas/output');
  });

  it('uses one flag name for one thing, in whole words', async () => {
    const kinds = new Map<string, string>();
    for (const name of Object.keys(COMMANDS)) {
      const command = await loadCommand(name);
      for (const [flag, { type, char }] of Object.entries(command?.flags ?? {})) {
        const known = kinds.get(flag);
        assert.ok(known === undefined || known === type, `--${flag} of ${name} is a ${type}, elsewhere a ${known}`);
        kinds.set(flag, type);
        assert.match(flag, /^[a-z][a-z0-9]+(-[a-z0-9]+)*$/, `--${flag} of ${name}`);
        assert.ok(
          char === undefined || 'foqvmdpt'.includes(char),
          `-${char} of ${name}: short letters are for the common five and pacha's -d, -p and -t`,
        );
      }
    }
  });
});

async function surface() {
  const commands: Record<string, unknown> = {};
  for (const name of Object.keys(COMMANDS).sort()) {
    const command = await loadCommand(name);
    assert.ok(command !== undefined, name);
    commands[name] = {
      arguments: Object.entries(command.args).map(
        ([arg, { required, multiple }]) => `${arg}${required === true ? '' : '?'}${multiple === true ? '...' : ''}`,
      ),
      strict: command.strict,
      flags: Object.entries({ ...command.baseFlags, ...command.flags })
        .map(
          ([flag, { type, char, hidden }]) =>
            `${char === undefined ? '' : `-${char} `}--${flag} ${type}${hidden === true ? ' hidden' : ''}`,
        )
        .sort(),
    };
  }
  return {
    commands,
    topics: Object.keys(TOPICS).sort(),
    exports: exportedNames('src/index.ts'),
    testing: exportedNames('testing/index.ts'),
    exits: Object.fromEntries(Object.entries(EXIT_CODES).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Names in the export lists of an entry of the library, types marked: it has nothing but such lists. */
function exportedNames(entry: string): string[] {
  const text = readFileSync(join(root, entry), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  const names: string[] = [];
  for (const [, type, list = ''] of text.matchAll(/\bexport\s+(type\s+)?\{([^}]*)\}/g)) {
    for (const item of list.split(',')) {
      const name = item.trim();
      if (name !== '') names.push(type === undefined ? name : `type ${name}`);
    }
  }
  return names.sort();
}
