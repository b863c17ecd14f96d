/** Formats whose own tests have examples only: whatever is written is read as what it was, and as others read it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Cursor } from '../src/bytes/cursor.js';
import { compareText, fromBase64, fromHex, toBase64, toHex } from '../src/bytes/text.js';
import { encodeVarint } from '../src/bytes/writer.js';
import { formatCatalog, parseTrustedCatalog } from '../src/catalog/catalog-format.js';
import { randomAccessTo } from '../src/container/frame-source.js';
import { inspectContainer } from '../src/container/inspect.js';
import { readVarint } from '../src/container/varint.js';
import { readXzStream } from '../src/container/xz-stream.js';
import { readZstdFrame } from '../src/container/zstd-frame.js';
import { parseConfig } from '../src/git/config.js';
import { applyDelta } from '../src/git/delta.js';
import { PackIndex } from '../src/git/pack-index.js';
import { formatPackIndex } from '../src/git/pack-index-writer.js';
import { parsePackedRefs } from '../src/git/packed-refs.js';
import { type Oid, oidToBytes } from '../src/git-format/oid.js';
import { formatPerson, parsePerson } from '../src/git-format/person.js';
import { isValidRefName } from '../src/git-format/ref-name.js';
import { formatTag, parseTag } from '../src/git-format/tag.js';
import type { RegistryState } from '../src/history/registry-state.js';
import { foldPath, parseRelPath } from '../src/manifest/rel-path.js';
import { readToml } from '../src/manifest/toml.js';
import { writeBasic, writeKey } from '../src/manifest/toml-writer.js';
import { canonicalListing } from '../src/manifest/tree-digest.js';
import { createNativeEngines } from '../src/native/engines.js';
import { streamOf, wholeOf } from './container/samples.js';
import { anyDigest, anyName, anyRegistryId, anyText, anyVersion } from './manifest/arbitraries.js';
import { SCALE, scaled } from './scale.js';

const native = await createNativeEngines();
const runs = { numRuns: SCALE.properties };
/** Codecs cost many times what parsers cost. */
const fewRuns = { numRuns: Math.ceil(SCALE.properties / 30) };
const bytes = fc.uint8Array({ maxLength: 300 });
const oid = fc.stringMatching(/^[0-9a-f]{40}$/) as fc.Arbitrary<Oid>;
const refName = fc.stringMatching(/^refs\/(?:heads|tags)\/[a-z0-9@.=/-]{1,12}$/).filter(isValidRefName);
const word = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replace(/[<>\n\0]/g, '').trim());
const person = fc.record(
  {
    name: word,
    email: word,
    seconds: fc.integer({ min: 0, max: 10 ** 15 - 1 }),
    timezone: fc.stringMatching(/^[+-][0-9]{4}$/),
  },
  { noNullPrototype: true },
);
const path = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/').normalize('NFC'))
  .filter((text) => {
    try {
      return parseRelPath(text) === text;
    } catch {
      return false;
    }
  })
  .map(parseRelPath);

describe('what is written is read as what it was:', function () {
  this.timeout(scaled(60_000));

  it('hex and base64, as node writes them', () => {
    fc.assert(
      fc.property(bytes, (data) => {
        assert.equal(toHex(data), Buffer.from(data).toString('hex'));
        assert.equal(toBase64(data), Buffer.from(data).toString('base64'));
        assert.deepEqual(fromHex(toHex(data)), data);
        assert.deepEqual(fromBase64(toBase64(data)), data);
      }),
      runs,
    );
  });

  it('base64 has one spelling for each value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/]{0,8}={0,2}$/), (text) => {
        const data = fromBase64(text);
        assert.equal(
          data === undefined ? undefined : toBase64(data),
          Buffer.from(text, 'base64').toString('base64') === text ? text : undefined,
        );
      }),
      runs,
    );
  });

  it('varints, in the fewest bytes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.maxSafeNat(), (large, safe) => {
        assert.equal(new Cursor(encodeVarint(large)).varint(), large);
        assert.equal(readVarint(new Cursor(encodeVarint(safe)), 'test'), safe);
      }),
      runs,
    );
  });

  it('text is ordered by its bytes', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        assert.equal(Math.sign(compareText(a, b)), Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
      runs,
    );
  });

  it('persons and tags', () => {
    fc.assert(
      fc.property(person, oid, anyText, (tagger, object, message) => {
        assert.deepEqual(parsePerson(formatPerson(tagger)), tagger);
        const fields = { object, type: 'commit', name: 'model/a@v1.0.0', tagger, message } as const;
        const { signature, payload, ...read } = parseTag(formatTag(fields));
        assert.deepEqual(read, fields);
        assert.equal(signature, undefined);
        assert.deepEqual(payload, formatTag(fields));
      }),
      runs,
    );
  });

  it('packed refs', () => {
    const peeled = fc.option(oid, { nil: 'none' as const });
    fc.assert(
      fc.property(fc.dictionary(refName, fc.record({ oid, peeled }, { noNullPrototype: true })), (refs) => {
        const lines = Object.entries(refs).map(
          ([name, ref]) => `${ref.oid} ${name}\n${ref.peeled === 'none' ? '' : `^${ref.peeled}\n`}`,
        );
        const read = parsePackedRefs(`# pack-refs with: peeled fully-peeled sorted \n${lines.join('')}`);
        assert.deepEqual(Object.fromEntries(read.refs), { ...refs });
        assert.deepEqual(read.problems, []);
      }),
      runs,
    );
  });

  it('settings of git in quotes', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));
    const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
    fc.assert(
      fc.property(value, value, (sub, text) => {
        const section = sub.replaceAll('\n', '');
        const read = parseConfig(`[a ${quoted(section)}]\n\tKey = ${quoted(text)} ; note\n`, 'test');
        assert.deepEqual(read, [{ name: `a.${section}.key`, value: text }]);
      }),
      runs,
    );
  });

  it('indexes of packs', () => {
    const entries = fc.uniqueArray(fc.record({ oid, offset: fc.integer({ min: 0, max: 2 ** 40 }), crc: fc.nat() }), {
      selector: (entry) => entry.oid,
      maxLength: 30,
    });
    fc.assert(
      fc.property(entries, oid, (rows, other) => {
        const index = new PackIndex(Uint8Array.from(Buffer.concat(formatPackIndex(rows, new Uint8Array(20)))));
        assert.equal(index.count, rows.length);
        for (const row of rows) assert.equal(index.find(oidToBytes(row.oid)), row.offset);
        if (!rows.some((row) => row.oid === other)) assert.equal(index.find(oidToBytes(other)), undefined);
      }),
      runs,
    );
  });

  it('deltas that insert and copy', () => {
    const step = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 127 }),
      fc.tuple(fc.nat(99), fc.integer({ min: 1, max: 99 })),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 200, maxLength: 200 }),
        fc.array(step, { maxLength: 6 }),
        (base, steps) => {
          const expected = Buffer.concat(
            steps.map((one) => (one instanceof Uint8Array ? one : base.subarray(one[0], one[0] + one[1]))),
          );
          const code = steps.flatMap((one) =>
            one instanceof Uint8Array ? [one.length, ...one] : [0x91, one[0], one[1]],
          );
          const delta = Uint8Array.from([...encodeVarint(base.length), ...encodeVarint(expected.length), ...code]);
          assert.deepEqual(applyDelta(base, delta), Uint8Array.from(expected));
        },
      ),
      runs,
    );
  });

  it('keys and strings of TOML', () => {
    fc.assert(
      fc.property(anyName, anyText, (key, text) => {
        const plain = text.replaceAll(/[\n\t]/g, ' ');
        const { table } = readToml(Buffer.from(`${writeKey(key)} = ${writeBasic(plain)}\n`), {
          limit: 4096,
          floats: false,
        });
        assert.deepEqual({ ...table }, { [key]: plain });
      }),
      runs,
    );
  });

  it('the catalog, whatever the order of the fields', () => {
    const state = fc.record({
      head: oid,
      registry: anyRegistryId,
      path,
      version: anyVersion,
      digest: anyDigest,
      size: fc.maxSafeNat(),
    });
    fc.assert(
      fc.property(state, ({ head, registry, path: place, version, digest, size }) => {
        const row = { size, content: digest, problems: [], signers: [], effective: null, version, path: place };
        const rowsOf = (document: string) => new Map([[place, { ...row, document }]]);
        const made = {
          registry,
          head,
          branch: 'main',
          stages: null,
          orders: 1,
          findings: [],
          tagClocks: new Map([[place, { number: 1, time: size }]]),
          versions: rowsOf('manifest'),
          events: rowsOf('event'),
          evidence: rowsOf('evidence'),
        } as unknown as RegistryState;
        const written = formatCatalog(made);
        const read = parseTrustedCatalog(written) as RegistryState;
        assert.deepEqual(read, made);
        assert.equal(read.head, head);
        assert.deepEqual(formatCatalog(read), written);
      }),
      runs,
    );
  });

  it('paths folded once are folded, in whatever case they come', () => {
    fc.assert(
      fc.property(path, (text) => {
        const folded = foldPath(text);
        assert.equal(foldPath(folded), folded);
        assert.equal(foldPath(text.toUpperCase()), folded);
        assert.equal(foldPath(text.toLowerCase()), folded);
      }),
      runs,
    );
  });

  it('listings of trees, in whatever order the files come', () => {
    const files = fc.uniqueArray(fc.record({ path, sha256: anyDigest, executable: fc.boolean() }), {
      selector: (file) => file.path,
      maxLength: 6,
    });
    fc.assert(
      fc.property(files, (list) => {
        const listing = canonicalListing(list);
        assert.equal(canonicalListing([...list].reverse()), listing);
        const paths = [...listing.matchAll(/^[0-9a-f]{64} {2}(.*)$/gm)].map((match) => match[1]);
        assert.deepEqual(paths, list.map((file) => file.path).sort(compareText));
      }),
      runs,
    );
  });

  it('what zstd frames and .xz streams say of their size, and containers of themselves', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 6 }), async (data, level) => {
        assert.equal(readZstdFrame(await native.zstdCompress(data, level)).size, data.length);
        assert.equal(readXzStream(await native.xzCompress(data, level)).size, data.length);
        for (const backend of ['stored', 'zstd', 'xz'] as const) {
          const whole = await inspectContainer(randomAccessTo(await wholeOf(data, backend, native)));
          const stream = await inspectContainer(
            randomAccessTo(
              await streamOf(
                [
                  { data, backend },
                  { data, backend },
                ],
                native,
              ),
            ),
          );
          assert.deepEqual([whole.outputSize, stream.outputSize], [data.length, 2 * data.length]);
          assert.equal(whole.trailer, toHex(native.sha256(data)));
        }
      }),
      fewRuns,
    );
  });
});
