import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromHex, utf8 } from '../../src/bytes/text.js';
import { decodeWhole } from '../../src/container/read.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { streamOf, wholeOf } from './samples.js';

const page = readFileSync(new URL('../../docs/format/container.md', import.meta.url), 'utf8');

/** The bytes of an example, whose lines are `offset  hex bytes  words`. */
function example(name: string): Uint8Array {
  const dump = page.split(`\`\`\`hex ${name}\n`)[1]?.split('```')[0] ?? assert.fail(`no example ${name}`);
  let hex = '';
  for (const line of dump.trimEnd().split('\n')) {
    assert.equal(Number.parseInt(line.slice(0, 4), 16), hex.length / 2, `offset of '${line}'`);
    hex += line.slice(6, 54).replaceAll(' ', '');
  }
  return fromHex(hex) ?? assert.fail(`example ${name} is not hex`);
}

describe('examples in the description of the container', () => {
  let engines: Engines;
  const hundred = utf8('a'.repeat(100));
  before(async () => {
    engines = await createNativeEngines();
  });

  it('decode to what the page says', async () => {
    assert.deepEqual(await decodeWhole(example('whole-stored'), engines), utf8('hi\n'));
    assert.deepEqual(await decodeWhole(example('stream'), engines), utf8(`hello\n${'a'.repeat(100)}`));
    assert.deepEqual(await decodeWhole(example('whole-xz'), engines), hundred);
  });

  it('are what we write', async () => {
    assert.deepEqual(await wholeOf(utf8('hi\n'), 'stored', engines), example('whole-stored'));
    const written = await streamOf(
      [
        { data: utf8('hello\n'), backend: 'stored' },
        { data: hundred, backend: 'stored' },
      ],
      engines,
    );
    // The compressed frame depends on the version of its compressor; head and first frame do not.
    assert.deepEqual(written.subarray(0, 15), example('stream').subarray(0, 15));
    assert.deepEqual(written.subarray(-36), example('stream').subarray(-36));
    assert.deepEqual(await wholeOf(hundred, 'xz', engines), example('whole-xz'));
  });
});
