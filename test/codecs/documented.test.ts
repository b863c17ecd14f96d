/** The examples of docs/format/codecs.md and codecs-lines.md, and those of container.md that are of a codec: they decode to what is said. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fromHex, utf8 } from '../../src/bytes/text.js';
import { decodeEntry, readBundle } from '../../src/codecs/bundle.js';
import { decodeContainer } from '../../src/codecs/read-container.js';
import type { Engines } from '../../src/engines.js';
import { createNativeEngines } from '../../src/native/engines.js';
import { collectBytes } from '../helpers/byte-stream.js';

const pages = ['codecs', 'codecs-lines', 'container'].map((name) =>
  readFileSync(new URL(`../../docs/format/${name}.md`, import.meta.url), 'utf8'),
);

/** The bytes of an example, whose lines are `offset  hex bytes  words`. */
function example(name: string): Uint8Array {
  const dump = pages
    .map((page) => page.split(`\`\`\`hex ${name}\n`)[1]?.split('```')[0])
    .find((text) => text !== undefined);
  let hex = '';
  for (const line of (dump ?? assert.fail(`no example ${name}`)).trimEnd().split('\n')) {
    assert.equal(Number.parseInt(line.slice(0, 4), 16), hex.length / 2, `offset of '${line}'`);
    hex += line.slice(6, 54).replaceAll(' ', '');
  }
  return fromHex(hex) ?? assert.fail(`example ${name} is not hex`);
}

const OUTPUTS: Readonly<Record<string, string>> = {
  embed: 'Naxbycz',
  'codec-frames': '# 1234',
  dicom: '<AZBY.>',
  log: 'pid 42 up\n# ok\n',
  json: '{"k":"a","u":["/a.gz",7]}\n',
  jsondoc: '{"t": "17:30"}',
  qjson: '<4>\n#\n<5>',
  ssh: 'May  4 10:00:01 web sshd[4242]: user ana from 10.0.0.7\nreboot\n',
  vcf: 'X\t70\t.\tG\tT\t9\t.\t.\tGT\t0/0\t1/1\t0/0\n',
  osm: [
    '  <way id="11" version="1" timestamp="1970-01-02T00:00:00Z">',
    '    <nd ref="7"/>',
    '    <nd ref="6"/>',
    '    <tag k="name" v="Lane"/>',
    '  </way>',
    '',
  ].join('\n'),
};

describe('examples in the description of the codecs', () => {
  let engines: Engines;
  before(async () => {
    engines = await createNativeEngines();
  });

  for (const [name, output] of Object.entries(OUTPUTS)) {
    it(`decode to what the page says: ${name}`, async () => {
      assert.deepEqual(await decodeContainer(example(name), engines), utf8(output));
    });
  }

  it('decode to what the page says: bundle', async () => {
    const [entry = assert.fail(), ...others] = await readBundle(example('bundle'), engines);
    assert.deepEqual([entry.name, entry.size, others.length], ['d/f', 1, 0]);
    assert.deepEqual(await collectBytes(decodeEntry(entry, engines)), utf8('A'));
  });
});
